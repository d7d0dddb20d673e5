package ai.powertools.router;

/** Whether the model is to call tools. */
public sealed interface ToolChoice {
  /** As it sees fit; what vendors do when nothing is said. */
  ToolChoice AUTO = Mode.AUTO;

  /** No tool, though it is told of them. */
  ToolChoice NONE = Mode.NONE;

  /** One tool at least. */
  ToolChoice REQUIRED = Mode.REQUIRED;

  /** This tool. */
  static ToolChoice of(String tool) {
    return new Named(tool);
  }

  /** A choice that names no tool. */
  enum Mode implements ToolChoice {
    /** As it sees fit. */
    AUTO,
    /** No tool. */
    NONE,
    /** One tool at least. */
    REQUIRED
  }

  /**
   * The choice of one tool.
   *
   * @param tool its name
   */
  record Named(String tool) implements ToolChoice {}
}
