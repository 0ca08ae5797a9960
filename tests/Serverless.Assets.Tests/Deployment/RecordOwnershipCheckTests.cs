using System.Text.Json;
using Serverless.Assets.Client;
using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Manifest;

namespace Serverless.Assets.Tests.Deployment;

public sealed class RecordOwnershipCheckTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    /// <summary>The records of a deployment have fixed names in the folder of the manifest.</summary>
    [Theory]
    [InlineData("ZS2", null, "docs.json", true)]
    [InlineData("ZS1", "Docs.csproj", "docs.json", true)]
    [InlineData("ZS1", "Site.csproj", "docs.json", false)]
    [InlineData("ZS1", null, "docs.json", false)]
    [InlineData("ZS2", null, "docs.json.previous", false)]
    [InlineData("ZS2", null, "sub/docs.json", false)]
    public void Manifests_that_would_share_their_records_are_an_error(
        string service,
        string? project,
        string file,
        bool isError
    )
    {
        var manifest = Create(TestSid.From("ZS1"), "Site.csproj");
        var path = Write("out/site.json", manifest);
        var other = Write($"out/{file}", Create(TestSid.From(service), project));
        _temp.Write("out/broken.json", "{");
        _temp.Write("out/other.json", "{}");

        var failure = Record.Exception(() => RecordOwnershipCheck.Check(path, manifest, new PhysicalFileSystem()));

        Diagnostic[] expected = isError ? [StateDiagnostics.RecordsShared(path, other)] : [];
        DiagnosticAssert.Same((failure as AssetException)?.Diagnostics ?? [], expected);
    }

    private static AssetManifest Create(Sid service, string? project) =>
        TestManifest.Create(TestManifest.Asset("/a.txt", 1, 1)) with
        {
            ServiceSid = service,
            Generator = AssetManifest.GetGenerator(project),
        };

    private string Write(string path, AssetManifest manifest) =>
        _temp.Write(path, JsonSerializer.Serialize(manifest, ManifestJson.Format.AssetManifest));
}
