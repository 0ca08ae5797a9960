using System.Text.Json;

namespace Serverless.Assets.Emulator.Tests.Api;

/// <summary>Responses have exactly the fields of the service's OpenAPI description.</summary>
public sealed class OpenApiFieldTests
{
    [Fact]
    public async Task Responses_have_the_fields_of_the_description()
    {
        var file = Environment.GetEnvironmentVariable("TWILIO_OAI_SPEC") ?? DefaultFile();
        Assert.SkipUnless(
            File.Exists(file),
            $"There is no OpenAPI description at {file}. Set TWILIO_OAI_SPEC to its path."
        );
        var schemas = JsonSerializer
            .Deserialize<JsonElement>(await File.ReadAllBytesAsync(file, TestEmulator.Token))
            .GetProperty("components")
            .GetProperty("schemas");
        await using var emulator = await TestEmulator.StartAsync();

        foreach (var (schema, answer) in await AnswersAsync(emulator.Api))
        {
            var expected = schemas.GetProperty($"serverless.v1.{schema}").GetProperty("properties").Names().Order();
            Assert.Equal((schema, string.Join(' ', expected)), (schema, string.Join(' ', answer.Names().Order())));
        }
    }

    private static string DefaultFile() =>
        Path.GetFullPath(Repository.PathOf("../shared/spec/twilio_serverless_v1.json"));

    private static async Task<List<(string Schema, JsonElement Response)>> AnswersAsync(ApiClient api)
    {
        var service = await api.CreateServiceAsync();
        var one = $"/v1/Services/{service.Sid()}";
        var assetVersion = await api.AddAsync(service.Sid(), "/a", "a");
        var functionVersion = await api.AddAsync(service.Sid(), "/f", "f", collection: "Functions");
        var asset = (await api.GetAsync($"{one}/Assets")).Ok().GetProperty("assets")[0];
        var function = (await api.GetAsync($"{one}/Functions")).Ok().GetProperty("functions")[0];
        var functionVersions = $"{one}/Functions/{function.Sid()}/Versions/{functionVersion}";
        var build = (await api.BuildAsync(service.Sid(), assetVersion)).Created();
        var environment = await api.CreateEnvironmentAsync(service.Sid());
        return
        [
            ("service", service),
            ("service.asset", asset),
            (
                "service.asset.asset_version",
                (await api.GetAsync($"{one}/Assets/{asset.Sid()}/Versions/{assetVersion}")).Ok()
            ),
            ("service.function", function),
            ("service.function.function_version", (await api.GetAsync(functionVersions)).Ok()),
            (
                "service.function.function_version.function_version_content",
                (await api.GetAsync($"{functionVersions}/Content")).Ok()
            ),
            ("service.build", build),
            ("service.build.build_status", (await api.GetAsync($"{one}/Builds/{build.Sid()}/Status")).Ok()),
            ("service.environment", environment),
            (
                "service.environment.variable",
                await api.CreateVariableAsync(service.Sid(), environment.Sid(), "COLOR", "red")
            ),
            (
                "service.environment.deployment",
                (await api.DeployAsync(service.Sid(), environment.Sid(), build.Sid())).Created()
            ),
        ];
    }
}
