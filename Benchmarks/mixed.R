# The mixed models of the benchmark in lme4, lmerTest and pbkrtest: processor time, medians. Writes the InstEval data beside the
# diary. Rscript mixed.R DIRECTORY RESULT
suppressMessages(library(lme4))
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
once <- function(work) {
    before <- proc.time()
    work()
    1000 * sum((proc.time() - before)[1:2])
}
result <- c()

diary <- read.csv(file.path(directory, "diary.csv"))
for (name in c("prop", "qual", "job", "edu")) diary[[name]] <- as.numeric(scale(diary[[name]]))
fixed <- "Y ~ prop + qual + job + edu + X2 + M * W * Z + "
random <- c(intercept = "(1 | leader)", slope = "(M | leader)", levels = "(1 | firm / leader)")
for (name in names(random)) {
    formula <- as.formula(paste(fixed, random[name]))
    result[paste0("diary.", name)] <- milliseconds(11, function() lmer(formula, diary))
    if (requireNamespace("lmerTest", quietly = TRUE))
        result[paste0("diary.", name, ".summary")] <- milliseconds(
            5, function() summary(lmerTest::lmer(formula, diary)))
    if (requireNamespace("pbkrtest", quietly = TRUE)) {
        fit <- lmer(formula, diary)
        result[paste0("diary.", name, ".kenward")] <- milliseconds(5, function() pbkrtest::vcovAdj(fit))
    }
}
for (name in c("intercept", "slope")) {
    fit <- lmer(as.formula(paste(fixed, random[name])), diary)
    draws <- 20
    result[paste0("diary.", name, ".draws")] <- 10000 / draws * once(function() bootMer(fit, fixef, nsim = draws, seed = 1))
}

data("InstEval", package = "lme4")
ratings <- data.frame(lapply(InstEval[c("y", "service", "s", "d", "dept")], function(column) as.numeric(as.character(column))))
write.csv(ratings, file.path(directory, "ratings.csv"), row.names = FALSE, quote = FALSE)
result["ratings"] <- once(function() lmer(y ~ service + (1 | s) + (1 | d) + (1 | dept), InstEval))

write.csv(data.frame(name = names(result), ms = result), arguments[2], row.names = FALSE)
