namespace Serverless.Assets.Emulator.Tests.OpenApi;

/// <summary>The emulator has exactly the operations of the service's OpenAPI description.</summary>
public sealed class OperationTests
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    /// <summary>Uploads, which are on another host and not described.</summary>
    private static readonly string[] Undescribed =
    [
        "POST /v1/Services/{ServiceSid}/Assets/{AssetSid}/Versions",
        "POST /v1/Services/{ServiceSid}/Functions/{FunctionSid}/Versions",
    ];

    [Fact]
    public async Task The_emulator_has_the_described_operations_and_uploads()
    {
        var description = OpenApiDescription.Current;
        await using var emulator = await TestEmulator.StartAsync();
        var found = new List<string>();
        foreach (var template in description.Operations.Select(operation => operation.Template).Distinct())
        {
            foreach (var method in Methods)
            {
                await emulator.Api.SendAsync(new HttpMethod(method), template.Replace('{', '_').Replace('}', '_'));
                if (emulator.Server.Requests[^1].Operation != "Unknown")
                {
                    found.Add($"{method} {template}");
                }
            }
        }

        Assert.Equal(
            description
                .Operations.Select(operation => $"{operation.Method} {operation.Template}")
                .Concat(Undescribed)
                .Order(StringComparer.Ordinal),
            found.Order(StringComparer.Ordinal)
        );
    }
}
