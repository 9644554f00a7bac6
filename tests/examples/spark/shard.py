"""Checks many specifications on a Spark cluster: a map over files, with tla-contract as the mapper.

    spark-submit shard.py PATHS OUTPUT [--prompt PROMPT]...

PATHS is a text file with a path a line, which every worker must be able to read (a shared disk). OUTPUT is written as
one JSON line for each file, sorted, which is what `tla-contract check --paths PATHS --format jsonl | sort` gives.
"""

import os
import shlex
import sys

from pyspark.sql import SparkSession

PROGRAM = os.environ.get("TLA_CONTRACT", "tla-contract")
SHARDS = int(os.environ.get("SHARDS", "8"))


def main():
    paths, output, *more = sys.argv[1:]
    # Exit code 1 says that errors were found, and 2 that a file could not be read, which its line says as well.
    # Anything else is a worker that failed: Spark then does the shard again.
    mapper = shlex.join([PROGRAM, "check", "--paths", "-", "--format", "jsonl", *more])
    mapper = f"sh -c {shlex.quote(mapper + '; code=$?; [ $code -le 2 ] || exit $code')}"
    spark = SparkSession.builder.appName("tla-contract").getOrCreate()
    lines = spark.sparkContext.textFile(paths).repartition(SHARDS)
    answers = lines.pipe(mapper, checkCode=True).sortBy(lambda line: line).collect()
    with open(output, "w", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in answers)
    spark.stop()


main()
