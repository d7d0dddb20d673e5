package ai.powertools.router.providers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads as much of the proto3 language as says how a message looks in JSON. */
final class ProtoParser {
  private static final Pattern PATH_FIELD = Pattern.compile("\\{(\\w+)=");
  private static final Pattern AFTER_UNDERSCORE = Pattern.compile("_+([a-zA-Z0-9])");

  private final ProtoTokens tokens;
  private final ProtoPackage into;
  private String home = "";

  ProtoParser(ProtoTokens tokens, ProtoPackage into) {
    this.tokens = tokens;
    this.into = into;
  }

  void file() {
    while (!tokens.done()) {
      String keyword = tokens.take();
      switch (keyword) {
        case "package" -> home = String.join("", tokens.until(";")) + ".";
        case "syntax", "import", "option" -> tokens.until(";");
        case "message" -> message("");
        case "enum" -> constants("");
        case "service" -> service();
        case ";" -> {}
        default -> throw new IllegalArgumentException("not understood: " + keyword);
      }
    }
  }

  private void message(String scope) {
    String name = scope + tokens.take();
    into.messages.putIfAbsent(name, new ArrayList<>());
    tokens.expect("{");
    while (!tokens.takes("}")) {
      switch (tokens.peek()) {
        case "message" -> {
          tokens.take();
          message(name + ".");
        }
        case "enum" -> {
          tokens.take();
          constants(name + ".");
        }
        case "oneof" -> oneof(name);
        case "option", "reserved" -> tokens.until(";");
        case ";" -> tokens.take();
        default -> field(name, "");
      }
    }
  }

  private void oneof(String message) {
    tokens.expect("oneof");
    String group = tokens.take();
    tokens.expect("{");
    while (!tokens.takes("}")) {
      field(message, group);
    }
  }

  private void field(String message, String oneof) {
    tokens.takes("optional");
    ProtoField.Form form =
        tokens.takes("repeated") ? ProtoField.Form.REPEATED : ProtoField.Form.SINGLE;
    String type = tokens.take();
    if (type.equals("map")) {
      form = ProtoField.Form.MAP;
      tokens.expect("<");
      tokens.expect("string");
      tokens.expect(",");
      type = tokens.take();
      tokens.expect(">");
    }
    String name = tokens.take();
    tokens.expect("=");
    List<String> rest = tokens.until(";");
    int named = rest.indexOf("json_name");
    String jsonName = named < 0 ? camelCase(name) : ProtoTokens.unquoted(rest.get(named + 2));
    boolean required =
        rest.contains("google.api.field_behavior")
            && rest.get(rest.indexOf("google.api.field_behavior") + 3).equals("REQUIRED");
    String local = type.startsWith(home) ? type.substring(home.length()) : type;
    into.addField(message, new ProtoField(jsonName, local, form, required, oneof));
  }

  private void constants(String scope) {
    String name = scope + tokens.take();
    List<String> constants = new ArrayList<>();
    tokens.expect("{");
    while (!tokens.takes("}")) {
      List<String> statement = tokens.until(";");
      if (!statement.get(0).equals("option") && !statement.get(0).equals("reserved")) {
        constants.add(statement.get(0));
      }
    }
    into.enums.put(name, constants);
  }

  /** Of a service only: which fields of a request stand in the path of its call. */
  private void service() {
    tokens.take();
    tokens.expect("{");
    String request = "";
    List<String> body = tokens.until("}");
    for (int i = 0; i < body.size(); i++) {
      if (body.get(i).equals("rpc")) {
        request = body.get(i + 3);
      }
      Matcher matcher = PATH_FIELD.matcher(body.get(i));
      if (matcher.find()) {
        into.addPathField(request, camelCase(matcher.group(1)));
      }
    }
  }

  private static String camelCase(String name) {
    return AFTER_UNDERSCORE.matcher(name).replaceAll(m -> m.group(1).toUpperCase(Locale.ROOT));
  }
}
