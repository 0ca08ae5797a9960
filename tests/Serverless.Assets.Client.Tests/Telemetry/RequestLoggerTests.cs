using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace Serverless.Assets.Client.Tests.Telemetry;

/// <summary>The whole log of a client: category, level, event and message of each entry.</summary>
public sealed partial class RequestLoggerTests : EmulatorTest
{
    private readonly LogRecorder _log = new();

    [Fact]
    public async Task Each_attempt_is_an_entry()
    {
        var client = CreateClient(options => options.LoggerFactory = _log);
        await ThrottleAsync(times: 1);

        await UploadAsync(AssetContent.FromText("x"), client: client);
        await Assert.ThrowsAsync<ServerlessApiException>(() =>
            client.Assets.FetchAsync(Service, TestSid.From("ZH9"), Cancellation)
        );

        Assert.Equal(
            [
                "Serverless.Assets.Client Information RequestFailed AssetVersion.Create of Asset Version /a.txt: "
                    + "attempt 1 failed after 0 ms: Too Many Requests (HTTP 429, request RQ)",
                "Serverless.Assets.Client Debug RequestSucceeded AssetVersion.Create of Asset Version /a.txt succeeded "
                    + "with HTTP 201 after 0 ms (request RQ)",
                "Serverless.Assets.Client Information RequestFailed Asset.Fetch of Asset ZH: attempt 1 failed after 0 ms: "
                    + $"The requested resource /v1/Services/ZS/Assets/ZH was not found (HTTP 404, request RQ)",
            ],
            _log.Entries.Select(entry => AnySid().Replace(entry, "$1"))
        );
    }

    [Fact]
    public async Task A_canceled_attempt_and_broken_content_are_entries_too()
    {
        var client = CreateClient(options => options.LoggerFactory = _log);
        using var stream = new Content.TestStream(new byte[100])
        {
            OnRead = (_, _) => throw new InvalidOperationException("the reason"),
        };
        await Assert.ThrowsAsync<AssetContentException>(() =>
            UploadAsync(AssetContent.FromStream(stream), client: client)
        );
        using var caller = new CancellationTokenSource();
        BeforeRequest = (_, _) =>
        {
            caller.Cancel();
            return null;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            client.Assets.CreateAsync(Service, "/b.txt", caller.Token)
        );

        Assert.Equal(
            [
                "Serverless.Assets.Client Information RequestWithoutResponse AssetVersion.Create of Asset Version "
                    + "/a.txt: attempt 1 failed after 0 ms without a response: System.InvalidOperationException",
                "Serverless.Assets.Client Information RequestWithoutResponse Asset.Create of Asset /b.txt: "
                    + "attempt 1 failed after 0 ms without a response: canceled",
            ],
            _log.Entries
        );
    }

    /// <summary>Not even when the caller uses the secret as a name, or a Variable has it as its value.</summary>
    [Fact]
    public async Task No_entry_has_a_secret()
    {
        var client = CreateClient(options => options.LoggerFactory = _log);
        await client.Variables.SetAsync(Service, Environment, "TOKEN", TestCredentials.Secret, Cancellation);
        await client.Assets.CreateAsync(Service, $"/{TestCredentials.Secret}.txt", Cancellation);
        var failure = await Assert.ThrowsAsync<ServerlessApiException>(() =>
            client.Services.FetchAsync(TestCredentials.Secret, Cancellation)
        );

        Assert.StartsWith("Service.Fetch of Service ***: ", failure.Message, StringComparison.Ordinal);
        Assert.Equal(4, _log.Entries.Count);
        Assert.All(
            _log.Entries,
            entry => Assert.DoesNotContain(TestCredentials.Secret, entry, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Levels_that_are_off_have_no_entries()
    {
        _log.Level = LogLevel.Information;
        var client = CreateClient(options => options.LoggerFactory = _log);

        await client.Assets.ListAllAsync(Service, Cancellation);

        Assert.Empty(_log.Entries);
    }

    [Fact]
    public async Task Without_a_factory_there_is_no_log()
    {
        await Client.Assets.ListAllAsync(Service, Cancellation);

        Assert.Null(CreateOptions().LoggerFactory);
        Assert.Empty(_log.Entries);
    }

    [GeneratedRegex(@"\b(Z[HS]|RQ)[0-9a-f]{32}\b")]
    private static partial Regex AnySid();
}

/// <summary>Records the entries of all loggers.</summary>
internal sealed class LogRecorder : ILoggerFactory, ILoggerProvider
{
    private readonly Lock _lock = new();
    private readonly List<string> _entries = [];

    public LogLevel Level { get; set; } = LogLevel.Trace;

    /// <summary>Category, level, event and message.</summary>
    public IReadOnlyList<string> Entries
    {
        get
        {
            lock (_lock)
            {
                return [.. _entries];
            }
        }
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose() { }

    private sealed class Logger(LogRecorder recorder, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= recorder.Level;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            lock (recorder._lock)
            {
                recorder._entries.Add(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{category} {logLevel} {eventId.Name} {formatter(state, exception)}"
                    )
                );
            }
        }
    }
}
