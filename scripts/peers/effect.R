# Fits the fixed series of internal/engine/causal/testdata/nlme with nlme and prints estimate and ρ, which nlme_test.go
# keeps. The estimate is the mean over the window of what was seen less what would have been seen without the step.
# Needs R with nlme (Debian: r-base-core, r-cran-nlme).
library(nlme)
folder <- "internal/engine/causal/testdata/nlme/"
tell <- function(name, at, formula, seen = "value", weights = NULL, back = identity, scale = identity) {
  d <- read.csv(paste0(folder, name, ".csv"))
  d$step <- as.numeric(d$t >= at)
  d$change <- d$step * (d$t - (at + max(d$t)) / 2)
  d$g <- scale(d)
  m <- gls(formula, d, correlation = corAR1(form = ~t), weights = weights, method = "REML", control = glsControl(tolerance = 1e-10, msTol = 1e-10))
  after <- d$g[d$step == 1]
  effect <- mean(back(after) - back(after - coef(m)["step"]))
  cat(sprintf("%s %.6g %.6g %.6g\n", name, effect, coef(m$modelStruct$corStruct, unconstrained = FALSE), m$sigma))
}
value <- function(d) d$value
tell("trend", 24, g ~ t + step, scale = value)
tell("step", 40, g ~ step, scale = value)
tell("slope", 30, g ~ t + change + step, scale = value)
tell("season", 40, g ~ t + cos(2 * pi * t / 12) + sin(2 * pi * t / 12) + step, scale = value)
tell("log_gap", 26, g ~ t + step, scale = function(d) log(d$value), back = exp)
tell("logit_control", 28, g ~ t + control + step, scale = function(d) log((d$value * d$size + 0.5) / ((1 - d$value) * d$size + 0.5)),
     back = plogis, weights = varFixed(~ I(1 / size)))
