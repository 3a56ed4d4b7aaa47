# One minimal model of simulated truth tables in QCA: processor time. Rscript qca.R DIRECTORY RESULT
suppressMessages(library(QCA))
arguments <- commandArgs(TRUE)
directory <- arguments[1]
result <- c()
for (file in list.files(directory, "^qca-.*csv$")) {
    name <- sub("\\.csv$", "", file)
    data <- read.csv(file.path(directory, file))
    conditions <- setdiff(names(data), "Y")
    cut <- if (grepl("fuzzy", name)) c(0.8, 0.65) else c(1, 0)
    before <- proc.time()
    table <- truthTable(data, outcome = "Y", conditions = conditions, incl.cut = cut[1], pri.cut = cut[2])
    solution <- minimize(table, include = "?", first.min = TRUE)
    result[name] <- 1000 * sum((proc.time() - before)[1:2])
    result[paste0(name, ".size")] <- length(solution$solution[[1]])
}
write.csv(data.frame(name = names(result), ms = result), arguments[2], row.names = FALSE)
