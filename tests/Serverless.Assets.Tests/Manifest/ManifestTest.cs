using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Files;
using Serverless.Assets.Manifest;
using Serverless.Assets.Mapping;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Tests.Manifest;

/// <summary>What the tests of the manifest share: a place for it, and two small ones.</summary>
public abstract class ManifestTest : IDisposable
{
    internal static readonly ManifestSource Source = new("0123abc", "main", "https://ci.example/1");

    internal static readonly UploadedAsset Css = Uploaded("/css/site.css", Visibility.Public, 'a', 5120);
    internal static readonly UploadedAsset Json = Uploaded("/Names.json", Visibility.Private, 'b', 7);

    internal TempFolder Temp { get; } = new();

    internal RecordingLogger Logger { get; } = new();

    internal string ManifestPath => Temp["out/manifest.json"];

    internal string PreviousPath => ManifestPath + ".previous";

    public void Dispose()
    {
        Temp.Dispose();
        GC.SuppressFinalize(this);
    }

    internal ManifestFile At(IFileSystem? files = null) => new(ManifestPath, files ?? new PhysicalFileSystem(), Logger);

    internal static AssetManifest Manifest(params UploadedAsset[] assets) => Manifest(Source, assets);

    internal static AssetManifest Manifest(ManifestSource source, params UploadedAsset[] assets) =>
        ManifestBuilder.Create(
            new ServiceIdentity(TestSid.From("ZS" + Digits('1')), TestSid.From("AC" + Digits('2'))),
            assets,
            source,
            project: null
        );

    internal static UploadedAsset Uploaded(string path, Visibility visibility, char digit, long size) =>
        new(
            new LocalAsset(
                "/project/assets" + path,
                "assets" + path,
                AssetPath.Parse(path),
                visibility,
                ContentTypes.FromFileName(path)
            ),
            TestSid.From("ZN" + Digits(digit)),
            TestSid.From("ZH" + Digits(digit)),
            size,
            new string(digit, 64),
            new string(digit, 64),
            AssetStatus.Uploaded
        );

    internal static string Digits(char digit) => new(digit, 32);
}
