using System.Net.Http.Headers;
using Serverless.Assets.Client;
using Serverless.Assets.Deployment;
using Serverless.Assets.Settings;

namespace Serverless.Assets.TestSupport;

/// <summary>Valid settings and options.</summary>
internal static class TestSettings
{
    public const string AccountSid = "AC00000000000000000000000000000001";
    public const string ServiceSid = "ZS00000000000000000000000000000002";
    public const string Secret = "0f-this-secret-no-log-may-tell";

    /// <summary>
    /// Much longer than any delay before a retry, so that a <see cref="SkippingClock"/> can tell them apart.
    /// </summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromHours(1);

    public static Func<string, string?> Environment { get; } =
        FakeEnvironment.From(("TWILIO_ACCOUNT_SID", AccountSid), ("TWILIO_AUTH_TOKEN", Secret));

    public static SettingValues Create(TempFolder folder) =>
        new SettingValues(new ProjectContext(folder.Path))
            .With(SettingTable.ServiceSid, ServiceSid)
            .With(SettingTable.StatePath, folder["state"])
            .With(SettingTable.ManifestPath, folder["out/serverless-assets.manifest.json"])
            .With(SettingTable.RequestTimeout, (int)RequestTimeout.TotalSeconds)
            .With(SettingTable.Timeout, (int)RequestTimeout.TotalSeconds * 4);

    public static ValidatedServiceSettings Options { get; } =
        new()
        {
            ServiceSidOrName = ServiceSid,
            CreateService = false,
            Environment = "dev",
            Endpoints = new ServiceOrigins(new Uri("https://api.test"), new Uri("https://upload.test")),
            Credentials = new TwilioCredentials(AccountSid, Secret, "the test"),
            MaxConcurrency = null,
            RequestTimeout = RequestTimeout,
            Timeout = RequestTimeout * 4,
            StatePath = Path.GetFullPath("state"),
            StateStore = StateStore.File,
            Redis = null,
            Previews = new PreviewEnvironments([]),
            ProjectDirectory = "/project",
        };

    public static ServerlessClientOptions CreateClientOptions(HttpMessageHandler handler, TimeProvider? clock = null) =>
        new()
        {
            Credentials = Options.Credentials,
            ApiBaseUrl = Options.Endpoints.Api,
            UploadBaseUrl = Options.Endpoints.Upload,
            RequestTimeout = RequestTimeout,
            RetryTimeout = Timeout.InfiniteTimeSpan,
            UserAgent = new ProductInfoHeaderValue(ProductVersion.Name, ProductVersion.Number),
            HttpMessageHandler = handler,
            Clock = clock ?? TimeProvider.System,
        };
}

/// <summary>Environment variables for a test, as the function that the engine reads them with.</summary>
internal static class FakeEnvironment
{
    public static Func<string, string?> Empty { get; } = _ => null;

    public static Func<string, string?> From(params (string Name, string? Value)[] variables) =>
        variables.ToDictionary(variable => variable.Name, variable => variable.Value).GetValueOrDefault;
}
