package ai.powertools.core;

class ThreadsTest extends ThreadsContract {}
