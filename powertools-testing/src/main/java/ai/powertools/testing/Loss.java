package ai.powertools.testing;

/** What a {@link ForgetfulDisk} forgets at a power cut of what was not forced to it. */
public enum Loss {
  /** All of it: the files are as they were forced last. */
  ALL_UNFORCED,
  /**
   * Each change by chance: it is kept, or lost, or torn, so that only some of its sectors (of 512
   * or 4096 bytes) are there; a later one may be kept while an earlier one is lost. Names are lost
   * from the end, as a journaling file system does.
   */
  AT_RANDOM
}
