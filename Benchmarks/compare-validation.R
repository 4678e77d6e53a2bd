# The errors of bi-cross-validation by the R package bcv, of the folds in JSON from `lowrank validate --json`.
#
#   Rscript compare-validation.R LIBRARY MATRIX.csv GROUPS.csv MAXRANK
#
# GROUPS.csv has two lines: the groups of the rows and those of the columns, from 0. Prints one line a rank: the mean of the
# folds' mean squared errors. Called by compare-validation.py.
arguments <- commandArgs(trailingOnly = TRUE)
library(bcv, lib.loc = if (arguments[1] == "-") NULL else arguments[1])
x <- as.matrix(read.csv(arguments[2], header = FALSE))
groups <- lapply(strsplit(readLines(arguments[3]), ","), as.integer)
folds <- sapply(groups, function(g) max(g) + 1)
# What cv.svd.gabriel calls once it has drawn its own groups.
msep <- t(.Call("R_cv_svd_gabriel", x, as.integer(folds[1]), as.integer(folds[2]), as.integer(arguments[4]),
                groups[[1]], groups[[2]], PACKAGE = "bcv"))
cat(sprintf("%.17g", colMeans(msep)), sep = "\n")
