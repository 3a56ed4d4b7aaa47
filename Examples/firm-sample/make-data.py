"""Writes firms.csv, a made-up frame of 1,778 firms in five districts, and list.csv, the sample of firms with what became of them.

The population has the figures that a study of technology firms in Kunming states: 1,778 firms in 5 districts, with 4,364 to
7,152 executives in all. The firms themselves are invented.
"""

import csv
import random

random.seed(1778)
DISTRICTS = {"Wuhua": 468, "Panlong": 402, "Guandu": 391, "Xishan": 289, "Chenggong": 228}

firms = []
for district, count in DISTRICTS.items():
    for _ in range(count):
        size = "medium" if random.random() < 0.44 else "small"
        executives = random.choices([2, 3, 4, 5, 6], [12, 42, 30, 12, 4] if size == "small" else [4, 26, 40, 20, 10])[0]
        employees = round(random.lognormvariate(4.25, 0.2)) if size == "small" else round(random.lognormvariate(5.3, 0.35))
        firms.append([district, size, min(max(employees, 50), 500), random.randint(1998, 2022), executives])

with open("firms.csv", "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["firm", "district", "size", "employees", "founded", "executives"])
    for number, row in enumerate(firms, 1):
        writer.writerow([f"F{number:04d}", *row])

# The list of a survey: 336 questionnaires went out to firms, one each, and 60 to 70 % came back in three waves.
sample = sorted(random.sample(range(len(firms)), 336))
with open("list.csv", "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["firm", "district", "size", "employees", "founded", "status", "wave"])
    for index in sample:
        district, size, employees, founded, _ = firms[index]
        answers = random.random() < (0.72 if size == "small" else 0.6)
        if answers:
            status = random.choices(["complete", "partial", "unusable"], [88, 6, 6])[0]
            wave = random.choices([1, 2, 3], [55, 30, 15])[0]
        else:
            status = random.choices(["refused", "no answer", "returned to sender", "closed"], [25, 55, 12, 8])[0]
            wave = ""
        writer.writerow([f"F{index + 1:04d}", district, size, employees, founded, status, wave])
