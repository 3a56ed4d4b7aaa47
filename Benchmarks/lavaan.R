# The models of the benchmark in lavaan: processor time, medians. Rscript lavaan.R DIRECTORY RESULT
suppressMessages(library(lavaan))
arguments <- commandArgs(TRUE)
directory <- arguments[1]

milliseconds <- function(runs, work) {
    work()
    1000 * median(replicate(runs, {
        before <- proc.time()
        work()
        sum((proc.time() - before)[1:2])
    }))
}
result <- c()

for (case in list(list("abilities", 11, 20), list("learning", 3, 20))) {
    name <- case[[1]]
    data <- read.csv(file.path(directory, paste0(name, ".csv")))
    model <- paste(readLines(file.path(directory, paste0(name, ".txt")), warn = FALSE), collapse = "\n")
    result[paste0(name, ".all")] <- milliseconds(case[[2]], function() {
        fit <- sem(model, data)
        parameterEstimates(fit, standardized = TRUE, rsquare = TRUE)
        fitMeasures(fit)
    })
    fit <- sem(model, data)
    result[paste0(name, ".indices")] <- milliseconds(case[[2]], function() modindices(fit))
    if (name == "learning") {
        draws <- case[[3]]
        resample <- function(figures) {
            before <- proc.time()
            set.seed(1)
            bootstrapLavaan(fit, R = draws, FUN = figures, parallel = "no")
            1000 * sum((proc.time() - before)[1:2]) / draws
        }
        result["learning.draw.estimates"] <- resample("coef")
        # What Assay keeps of a draw: estimates, standardised values, explained variances, the test statistic.
        result["learning.draw"] <- resample(function(fit) {
            c(coef(fit), standardizedSolution(fit, se = FALSE)$est.std, lavInspect(fit, "rsquare"), fitMeasures(fit, "chisq"))
        })
        large <- file.path(directory, "large.csv")
        write.csv(data[rep(seq_len(nrow(data)), 60), ], large, row.names = FALSE, quote = FALSE)
        result["csv"] <- milliseconds(3, function() read.csv(large))
    }
}
write.csv(data.frame(name = names(result), ms = result), arguments[2], row.names = FALSE)
