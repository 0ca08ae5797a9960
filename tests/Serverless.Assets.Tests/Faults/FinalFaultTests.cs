using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Emulator;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Faults;

/// <summary>A permanent failure is reported once, without retries, and leaves no manifest.</summary>
public sealed class FinalFaultTests
{
    [Fact]
    public async Task A_list_page_that_keeps_failing_fails_the_run_and_creates_nothing()
    {
        await using var service = await StartAsync();
        await service.Emulator.PostAsync(
            "/v1/Services",
            ("UniqueName", EngineWorkbench.ServiceName),
            ("FriendlyName", "x")
        );
        for (var i = 0; i < 1001; i++)
        {
            await service.Emulator.PostAsync(
                $"/v1/Services/{EngineWorkbench.ServiceName}/Assets",
                ("FriendlyName", $"/old/{i}")
            );
        }

        service.Emulator.Faults = new EmulatorFaults { FailListPage = 2 };
        await service.Emulator.ResetStatsAsync();

        var failure = await FailAsync(service);

        Assert.Equal(["SAB3007"], failure.Diagnostics.Select(error => error.Code));
        Assert.Contains("Asset.List", failure.Diagnostics[0].Message, StringComparison.Ordinal);
        Assert.Contains("HTTP 500", failure.Diagnostics[0].Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Asset.Create", (await service.Emulator.CountRequestsAsync()).Keys);
    }

    [Fact]
    public async Task An_unknown_host_is_reported_at_once()
    {
        await using var service = await StartAsync();
        using var handler = InterceptingHandler.Fail(_ => new HttpRequestException(
            HttpRequestError.NameResolutionError,
            "Name or service not known",
            new SocketException((int)SocketError.HostNotFound)
        ));
        service.HttpHandler = () => handler;

        var failure = await FailAsync(service);

        Assert.Equal(["SAB3004"], failure.Diagnostics.Select(error => error.Code));
        Assert.Equal(1, handler.Sent);
    }

    [Fact]
    public async Task A_host_that_refuses_connections_is_reported_after_some_tries()
    {
        await using var service = await StartAsync();
        using var handler = InterceptingHandler.Fail(_ => new HttpRequestException(
            HttpRequestError.ConnectionError,
            "Connection refused",
            new SocketException((int)SocketError.ConnectionRefused)
        ));
        service.HttpHandler = () => handler;

        var failure = await FailAsync(service);

        Assert.Equal(["SAB3004"], failure.Diagnostics.Select(error => error.Code));
        Assert.Equal(1 + RetryPolicy.MaxTransientRetries, handler.Sent);
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_is_reported_at_once()
    {
        using var certificate = SelfSigned();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var handshakes = 0;
        using var stop = new CancellationTokenSource();
        var serving = ServeAsync();

        await using var service = await StartAsync();
        service.Settings = service.Settings.With(
            SettingTable.ApiBaseUrl,
            $"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"
        );
        var failure = await FailAsync(service);
        await stop.CancelAsync();
        await serving;

        Assert.Equal(["SAB3005"], failure.Diagnostics.Select(error => error.Code));
        Assert.Equal(1, handshakes);

        async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await listener.AcceptTcpClientAsync(stop.Token);
                    handshakes++;
                    await using var tls = new SslStream(client.GetStream());
                    try
                    {
                        await tls.AuthenticateAsServerAsync(certificate);
                        await tls.ReadExactlyAsync(new byte[1], stop.Token); // until the client goes away
                    }
                    catch (Exception gone)
                        when (gone is IOException or System.Security.Authentication.AuthenticationException) { }
                }
            }
            catch (OperationCanceledException) { }
        }
    }

    [Fact]
    public async Task A_Service_that_does_not_exist_is_reported_with_its_name()
    {
        await using var service = await StartAsync();
        service.Settings = service.Settings.With(SettingTable.CreateService, false);

        var failure = await FailAsync(service);

        Assert.Equal(["SAB3003"], failure.Diagnostics.Select(error => error.Code));
        Assert.Contains(EngineWorkbench.ServiceName, failure.Diagnostics[0].Message, StringComparison.Ordinal);
        Assert.Equal(
            new Dictionary<string, int> { ["Service.Fetch"] = 1 },
            await service.Emulator.CountRequestsAsync()
        );
    }

    [Fact]
    public async Task A_key_that_may_not_write_is_one_error_that_explains_it()
    {
        await using var service = await StartAsync();
        await service.UploadAsync();
        service.WriteFile(3, "changed 3");
        service.WriteFile(4, "changed 4");
        service.Emulator.Faults = new EmulatorFaults { RejectStatus = 403, RejectPathContains = "/f/" };

        var failure = await FailAsync(service);

        var error = Assert.Single(failure.Diagnostics);
        Assert.Equal(("SAB3002", null), (error.Code, error.File));
        Assert.Contains("/f/3.bin", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upload_endpoint_that_stays_unreachable_is_one_error()
    {
        await using var service = await StartAsync();
        service.SkipWaits();
        service.HttpHandler = () =>
            new InterceptingHandler(
                (request, _) =>
                    request.RequestUri!.AbsolutePath.EndsWith("/Versions", StringComparison.Ordinal)
                        ? throw new HttpRequestException(HttpRequestError.ConnectionError, "Connection refused")
                        : Task.FromResult<HttpResponseMessage?>(null)
            );

        var failure = await FailAsync(service);

        Assert.Equal(["SAB3004"], failure.Diagnostics.Select(error => error.Code));
        Assert.Contains("AssetVersion.Create", failure.Diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(413, "HTTP 413")]
    [InlineData(403, "HTTP 403")]
    [InlineData(400, "HTTP 400")]
    public async Task One_file_that_is_refused_is_named_and_does_not_stop_the_others(int status, string said)
    {
        await using var service = await StartAsync();
        await service.UploadAsync();
        var before = File.ReadAllBytes(service.Settings.ManifestPath);
        service.WriteFile(3, "changed 3");
        service.WriteFile(4, "changed 4");
        service.Emulator.Faults = new EmulatorFaults { RejectStatus = status, RejectPathContains = "/f/3." };
        await service.Emulator.ResetStatsAsync();

        var failure = await FailAsync(service);

        var error = Assert.Single(failure.Diagnostics);
        Assert.Equal(("SAB3006", service.PathOf("assets/f/3.bin")), (error.Code, error.File));
        Assert.Contains("assets/f/3.bin", error.Message, StringComparison.Ordinal);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.Contains("request RQ", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await service.Emulator.CountRequestsAsync())["AssetVersion.Create"]);
        Assert.Equal(before, File.ReadAllBytes(service.PreviousManifestPath));

        service.Emulator.Faults = new EmulatorFaults();
        await service.Emulator.ResetStatsAsync();
        await service.UploadAsync();

        Assert.Equal(1, (await service.Emulator.CountRequestsAsync())["AssetVersion.Create"]);
        await service.AssertCompleteAsync(6);
    }

    [Fact]
    public async Task A_file_that_changes_while_it_is_sent_is_named_and_does_not_count()
    {
        await using var service = await StartAsync();
        var opened = 0;
        var other = service.Write("other", "CONTENT of file 2 " + new string('.', 14));
        service.Files.OnOpenRead = path => new FileStream(
            path.EndsWith("2.bin", StringComparison.Ordinal) && ++opened == 2 ? other : path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite
        );

        var failure = await FailAsync(service);

        var error = Assert.Single(failure.Diagnostics);
        Assert.Equal(("SAB2020", service.PathOf("assets/f/2.bin")), (error.Code, error.File));

        service.Files.OnOpenRead = null;
        await service.Emulator.ResetStatsAsync();
        await service.UploadAsync();

        Assert.Equal(1, (await service.Emulator.CountRequestsAsync())["AssetVersion.Create"]);
        await service.AssertCompleteAsync(6);
    }

    /// <summary>The run fails, and nothing lies where the manifest would be.</summary>
    private static async Task<AssetException> FailAsync(EngineWorkbench service)
    {
        var failure = await Assert.ThrowsAsync<AssetException>(() => service.UploadAsync());
        Assert.False(File.Exists(service.Settings.ManifestPath));
        return failure;
    }

    private static async Task<EngineWorkbench> StartAsync()
    {
        var service = await EngineWorkbench.StartAsync();
        service.SkipWaits();
        service.WriteFiles(6);
        return service;
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1),
            DateTimeOffset.UtcNow.AddDays(1)
        );
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}
