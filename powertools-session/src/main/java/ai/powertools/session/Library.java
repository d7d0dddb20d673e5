package ai.powertools.session;

/**
 * A library that only some users need.
 *
 * @param className one of its classes
 * @param artifact what to add to the dependencies
 */
record Library(String className, String artifact) {
  boolean isPresent() {
    try {
      Class.forName(className, false, Library.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  /**
   * Nothing, if it is there.
   *
   * @throws CodecException if it is not, with what to add
   */
  void require() {
    if (!isPresent()) {
      throw new CodecException(
          "the library for it is not on the class path. Add " + artifact + " to it.");
    }
  }
}
