"""Writes the fixtures of this folder. Needs pyreadstat 1.3.7, pandas, xlsxwriter 3.3.1."""
import datetime
import math
import pandas as pd
import pyreadstat
import xlsxwriter

nan = math.nan
frame = pd.DataFrame({
    "id": [1.0, 2.0, 3.0, 4.0, 5.0],
    "IL1": [5.0, 99.0, 3.0, nan, 1.0],
    "IL2": [4.0, -5.0, 2.0, 98.0, 1.5],
    "industry": ["IT", "", "food, drink", "机械", "IT"],
    "born": [datetime.date(1980, 2, 29), None, datetime.date(1582, 10, 15), datetime.date(2024, 12, 31),
             datetime.date(1970, 1, 1)],
    "comment": ["x" * 300, "y", "", "知识交流" * 30, "z"],
})
labels = ["Identifier", "知识交流的数量", "Degree of sharing", "Industry", "Born", "Comment"]
values = {"IL1": {1: "非常不同意", 5: "非常同意", 99: "refused"}, "industry": {"IT": "Information technology"}}
missing = {"IL1": [99], "IL2": [{"lo": -9, "hi": -1}, 98]}
measure = {"IL1": "ordinal", "industry": "nominal", "id": "scale"}
for name, options in [("survey.sav", {}), ("survey.zsav", {"compress": True})]:
    pyreadstat.write_sav(frame, name, file_label="A survey", column_labels=labels, note=["First note"],
                         variable_value_labels=values, missing_ranges=missing, variable_measure=measure, **options)

# A file as SPSS in its Chinese code page writes it: the texts are GBK bytes of the same length as their place-holders,
# the encoding record (7, 20) is blanked by renaming its subtype, and the code page (record 7, 3) says 936.
pyreadstat.write_sav(
    pd.DataFrame({"IL1": [1.0, 5.0], "city": ["AAAA", "BBBB"]}), "gbk.sav", column_labels=["CCCCCCCC", "DDDD"],
    variable_value_labels={"IL1": {1.0: "EEEEEEEEEE", 5.0: "FFFFFFFF"}})
data = open("gbk.sav", "rb").read()
for mark, text in [("AAAA", "北京"), ("BBBB", "上海"), ("CCCCCCCC", "知识交流"), ("DDDD", "城市"),
                   ("EEEEEEEEEE", "非常不同意"), ("FFFFFFFF", "非常同意")]:
    new = text.encode("gbk")
    assert len(new) == len(mark) and data.count(mark.encode()) == 1
    data = data.replace(mark.encode(), new)
start = data.index(b"\x07\0\0\0\x03\0\0\0\x04\0\0\0\x08\0\0\0")
data = data[:start + 44] + (936).to_bytes(4, "little") + data[start + 48:]
encoding = data.index(b"\x07\0\0\0\x14\0\0\0")
length = int.from_bytes(data[encoding + 12:encoding + 16], "little")
data = data[:encoding] + data[encoding + 16 + length:]
open("gbk.sav", "wb").write(data)

pyreadstat.write_por(frame[["id", "IL1", "industry"]].assign(industry=["IT", "", "food", "cars", "IT"]), "survey.por",
                     column_labels=["Identifier", "Knowledge", "Industry"])
stata = pd.DataFrame({"id": [1.0, 2.0, 3.0], "IL1": [5.0, "a", nan], "born": frame["born"][:3], "town": ["北京", "", "x"]})
pyreadstat.write_dta(stata, "survey.dta", column_labels=["Identifier", "知识", "Born", "Town"], file_label="A survey",
                     missing_user_values={"IL1": ["a"]}, variable_value_labels={"IL1": {5: "yes", "a": "refused"}})

book = xlsxwriter.Workbook("survey.xlsx")
book.set_properties({"created": datetime.datetime(2024, 1, 1)})
book.add_worksheet("notes").write(0, 0, "nothing here")
book.worksheets()[0].hide()
sheet = book.add_worksheet("数据")
sheet.activate()
sheet.set_first_sheet()
date = book.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
red = book.add_format({"color": "red", "num_format": "0.00"})
rows = [
    ["id", "IL1", "text numbers", "born", "seen", "mixed", "rich", "ok"],
    [1, 5, "3", datetime.date(1980, 2, 29), datetime.datetime(2024, 5, 6, 7, 8), 1, None, True],
    [2, None, "4.5", datetime.date(1900, 1, 15), datetime.datetime(1999, 12, 31, 23, 59), 2, "a <b> & \"c\"\nd", False],
    [3, "NA", "NA", None, None, "3a", "_x0041_", None],
    None,
    [4, 1.25, None, datetime.date(2024, 12, 31), None, 4, " kept ", True],
]
for r, row in enumerate(rows):
    for c, value in enumerate(row or []):
        if value is None:
            continue
        if isinstance(value, datetime.datetime):
            sheet.write_datetime(r, c, value, moment)
        elif isinstance(value, datetime.date):
            sheet.write_datetime(r, c, value, date)
        else:
            sheet.write(r, c, value, red if c == 1 else None)
sheet.write_rich_string(1, 6, "plain ", red, "red", " end")
sheet.write_formula(5, 2, "=NA()", None, "#N/A")
other = book.add_worksheet("second")
other.write_row(2, 1, ["a", "b"])
other.write_row(3, 1, [1, 2])
other.write_row(4, 1, [3])
book.close()
