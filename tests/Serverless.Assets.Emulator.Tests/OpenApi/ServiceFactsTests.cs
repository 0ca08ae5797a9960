namespace Serverless.Assets.Emulator.Tests.OpenApi;

/// <summary>The facts in the repository are those of the service's OpenAPI description.</summary>
public sealed class ServiceFactsTests
{
    private const string FileVariable = "TWILIO_OAI_SPEC";
    private const string DefaultFile = "shared/spec/twilio_serverless_v1.json";

    /// <remarks>
    /// The complete description is not part of the repository. Where it is absent, there is nothing to compare: the facts
    /// are those of the description that they were last generated from, and all other tests use them in any case.
    /// </remarks>
    [Fact]
    public async Task The_facts_are_those_of_the_description()
    {
        if (FindDescription() is not { } file)
        {
            return;
        }

        var cancellationToken = TestContext.Current.CancellationToken;
        var description = OpenApiJsonReader.Read(await File.ReadAllTextAsync(file, cancellationToken));
        var expected = OpenApiFactsWriter.Write(
            description,
            "The service's API, as far as tests compare exchanges with it. ServiceFactsTests.cs generates this file from the",
            "service's OpenAPI description, and OpenApiFactsReader.cs describes the format."
        );
        await GeneratedFile.AssertIsAsync(OpenApiDescription.ServiceFile, expected, cancellationToken);
    }

    [Fact]
    public void The_facts_describe_the_operations_that_clients_use()
    {
        var description = OpenApiDescription.Current;

        var create = description.FindOperation("POST", "/v1/Services");
        Assert.NotNull(create);
        Assert.Equal(
            ["UniqueName", "FriendlyName"],
            create.Parameters.Where(parameter => parameter.IsRequired).Select(parameter => parameter.Name)
        );
        Assert.Equal("serverless.v1.service", create.Responses[201]!.Reference);
        Assert.Contains(
            "^ZS[0-9a-fA-F]{32}$",
            description.Schemas.Named["serverless.v1.service"].Properties.Select(property => property.Schema.Pattern)
        );
        Assert.Contains("node22", description.Schemas.Named["build_enum_runtime"].Values);
    }

    /// <returns>The file that the variable names, or the one in a folder above the repository; null if there is none.</returns>
    private static string? FindDescription()
    {
        if (Environment.GetEnvironmentVariable(FileVariable) is { Length: > 0 } named)
        {
            return named;
        }

        for (var folder = Directory.GetParent(Repository.Root); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine([folder.FullName, .. DefaultFile.Split('/')]);
            if (File.Exists(file))
            {
                return file;
            }
        }

        return null;
    }
}
