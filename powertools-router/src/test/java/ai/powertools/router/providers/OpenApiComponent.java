package ai.powertools.router.providers;

/**
 * A named schema in one of two forms.
 *
 * @param open whether it lets unknown properties pass, as a part of an allOf must: what it does not
 *     know, another part may
 */
record OpenApiComponent(String name, boolean open) {
  private static final String PREFIX = "#/components/schemas/";

  static OpenApiComponent referred(String reference, boolean open) {
    if (!reference.startsWith(PREFIX)) {
      throw new IllegalArgumentException("not a component: " + reference);
    }
    return new OpenApiComponent(reference.substring(PREFIX.length()), open);
  }

  String key() {
    return open ? name + ".open" : name;
  }

  String pointer() {
    return "#/$defs/" + key();
  }
}
