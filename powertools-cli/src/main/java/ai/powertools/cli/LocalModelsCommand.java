package ai.powertools.cli;

import ai.powertools.router.LocalServer;
import ai.powertools.router.ServerHealth;
import ai.powertools.router.local.LocalListing;
import ai.powertools.router.local.LocalModels;
import ai.powertools.router.local.Unasked;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the servers of models that can be found, and what they have. */
@Command(
    name = "local",
    description = "The models on your own servers: Ollama's and llama.cpp's.",
    footer = {
      "",
      "They are looked for where OLLAMA_HOST, or LLAMA_ARG_HOST and LLAMA_ARG_PORT, say, else at",
      "their usual ports of this machine."
    },
    mixinStandardHelpOptions = true)
final class LocalModelsCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(names = "--json", description = "Print one JSON object for each server.")
  private boolean json;

  LocalModelsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    LocalModels local = LocalServers.of(terminal);
    Map<LocalServer, ServerHealth> servers = local.health();
    LocalListing listing = local.list();
    if (json) {
      terminal.out().print(LocalModelsText.json(servers, listing));
    } else {
      if (!listing.models().isEmpty()) {
        terminal.out().print(LocalModelsText.table(listing));
      }
      say(servers, listing);
    }
    terminal.out().flush();
    terminal.err().flush();
    return ExitCode.OK.code();
  }

  private void say(Map<LocalServer, ServerHealth> servers, LocalListing listing) {
    if (servers.isEmpty()) {
      terminal
          .err()
          .println(
              "No server of models was found. Start Ollama or a llama.cpp server, or say where one"
                  + " is: OLLAMA_HOST, or LLAMA_ARG_HOST and LLAMA_ARG_PORT.");
    }
    servers.forEach(
        (server, health) ->
            terminal.err().println(server + " is " + LocalModelsText.status(health) + "."));
    for (Unasked one : listing.unasked()) {
      terminal.err().println("Not asked: " + one.server() + ": " + one.why());
    }
  }
}
