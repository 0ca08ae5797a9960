using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Files;
using Serverless.Assets.Planning;
using Serverless.Assets.Settings;
using Serverless.Assets.State;

namespace Serverless.Assets.Tests.Upload;

/// <summary>What the tests of an upload share: a Service in memory and a client of it.</summary>
public abstract class UploadTest : IDisposable
{
    internal const string AnyAssetList = "^GET .*/Assets\\?";
    internal const string AnyAssetCreation = "^POST .*/Assets$";
    internal const string AnyUpload = "^POST .*/Versions$";

    protected UploadTest()
    {
        Host = new EngineContext
        {
            Logger = Logger,
            Clock = Clock,
            GetEnvironmentVariable = TestSettings.Environment,
            HttpHandler = () => Service.Handler,
        };
        Api = new ServerlessClient(TestSettings.CreateClientOptions(Service.Handler, Clock));
        State = UploadState.Open(Temp["state"], Temp.Path, new PhysicalFileSystem(), Logger, Clock);
    }

    internal TempFolder Temp { get; } = new();

    internal RecordingLogger Logger { get; } = new();

    internal SkippingClock Clock { get; } = new();

    internal FakeService Service { get; } = new();

    internal EngineContext Host { get; }

    internal ServerlessClient Api { get; }

    internal UploadState State { get; }

    internal static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Api.Dispose();
        State.Dispose();
        Temp.Dispose();
        GC.SuppressFinalize(this);
    }

    internal LiveBuild LiveBuild() => new(Api, TestSid.From(TestSettings.ServiceSid), "dev", Cancellation);

    internal static ServiceIdentity Resource { get; } =
        new(TestSid.From(TestSettings.ServiceSid), TestSid.From(TestSettings.AccountSid));

    /// <summary>A file that exists, hashed.</summary>
    internal HashedAsset Hashed(string path, string content = "content")
    {
        var asset = TestAsset.Write(Temp, path, content);
        using var hasher = new ContentHasher();
        hasher.Append(File.ReadAllBytes(asset.File));
        return new HashedAsset(asset, new PhysicalFileSystem().Stat(asset.File)!, hasher.Finish());
    }

    internal static HttpRequestException Cut() => new(HttpRequestError.ResponseEnded, "x", new IOException("cut"));
}
