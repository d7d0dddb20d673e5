package ai.powertools.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * Where a command reads and writes.
 *
 * @param in what is piped in
 * @param out results, and nothing else
 * @param err receipts, progress and errors
 * @param environment the variables
 * @param folder the folder that the command was started in
 * @param clock what time it is
 */
record Terminal(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    Path folder,
    InstantSource clock) {}
