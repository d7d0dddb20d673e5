package ai.powertools.router.providers;

/** Where a server has its resources: below the base, or, as Azure, below each deployment. */
@FunctionalInterface
interface OpenAiPaths {
  /** OpenAI's own: the model is in the body. */
  OpenAiPaths PLAIN = (model, resource) -> resource;

  /** The path of a resource, for a model. */
  String of(String model, String resource);

  /** Azure's: the deployment is in the path, and the version of the API in the query. */
  static OpenAiPaths azure(String apiVersion) {
    return (deployment, resource) ->
        "deployments/" + deployment + "/" + resource + "?api-version=" + apiVersion;
  }
}
