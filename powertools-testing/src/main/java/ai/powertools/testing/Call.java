package ai.powertools.testing;

/**
 * A request for an answer, once its path has been understood.
 *
 * @param model that was asked for, in the body or in the path
 * @param streams whether it is to be answered piece by piece
 */
record Call(
    Vendor vendor, Dialect dialect, RecordedRequest request, String model, boolean streams) {}
