package ai.powertools.models;

/** A kind of content that a model reads or writes. */
public enum Modality {
  TEXT,
  IMAGE,
  AUDIO,
  VIDEO,
  /** Files such as PDF, read as pages. */
  DOCUMENT
}
