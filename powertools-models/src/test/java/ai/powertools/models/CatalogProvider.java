package ai.powertools.models;

import java.net.URI;
import java.util.List;

/**
 * A provider whose models are bundled, and what the sources call it.
 *
 * @param liteLlm its names there, the better one first
 * @param genai its name there; empty when it is not there
 * @param modelsDev its name there
 * @param pricing where the provider publishes its prices
 */
record CatalogProvider(
    String name, List<String> liteLlm, String genai, String modelsDev, URI pricing) {

  static final List<CatalogProvider> ALL =
      List.of(
          of(
              "alibaba",
              "dashscope",
              "",
              "alibaba",
              "www.alibabacloud.com/help/en/model-studio/models"),
          of("anthropic", "anthropic", "anthropic", "anthropic", "www.anthropic.com/pricing#api"),
          of(
              "aws",
              "bedrock_converse,bedrock,bedrock_mantle",
              "aws",
              "amazon-bedrock",
              "aws.amazon.com/bedrock/pricing/"),
          of("cohere", "cohere,cohere_chat", "cohere", "cohere", "cohere.com/pricing"),
          of(
              "deepseek",
              "deepseek",
              "deepseek",
              "deepseek",
              "api-docs.deepseek.com/quick_start/pricing"),
          of("google", "gemini", "google", "google", "ai.google.dev/gemini-api/docs/pricing"),
          of("groq", "groq", "groq", "groq", "groq.com/pricing/"),
          of("meta", "meta_llama", "", "llama", "llama.developer.meta.com/docs/models"),
          of("mistral", "mistral", "mistral", "mistral", "mistral.ai/pricing#api-pricing"),
          of(
              "openai",
              "openai,text-completion-openai",
              "openai",
              "openai",
              "developers.openai.com/api/docs/pricing"),
          of("openrouter", "openrouter", "openrouter", "openrouter", "openrouter.ai/models"),
          of("xai", "xai", "x-ai", "xai", "docs.x.ai/docs/models"));

  private static CatalogProvider of(
      String name, String liteLlm, String genai, String modelsDev, String pricing) {
    return new CatalogProvider(
        name, List.of(liteLlm.split(",", -1)), genai, modelsDev, URI.create("https://" + pricing));
  }
}
