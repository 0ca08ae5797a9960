using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Serverless.Assets.Emulator.Faults;

/// <summary>Decides which requests fail. New settings get a new plan, so all counts restart.</summary>
internal sealed class FaultPlan
{
    // The keys are hashes, because a request can have a subject of several megabytes.
    private readonly ConcurrentDictionary<UInt128, int> _occurrences = new();
    private readonly ConcurrentDictionary<UInt128, bool> _failedPages = new();
    private readonly (Fault Fault, double Rate)[] _rates;

    private int _requests;

    public FaultPlan(EmulatorFaults settings)
    {
        Settings = settings;
        Accepted = new RateWindow(settings.RequestsPerSecond);
        _rates =
        [
            .. new (Fault, double Rate)[]
            {
                (Fault.Reset, settings.RateReset),
                (Fault.Error500, settings.Rate500),
                (Fault.Html503, settings.Rate503Html),
                (Fault.Html502, settings.Rate502Html),
                (Fault.ResetAfterWork, settings.RateResetAfterWork),
                (Fault.Truncated, settings.RateTruncated),
                (Fault.BrokenJson, settings.RateBrokenJson),
            }.Where(entry => entry.Rate > 0),
        ];
    }

    public EmulatorFaults Settings { get; }

    /// <summary>Whether it is for requests that the settings are not limited to.</summary>
    public bool IsOutOfScope { get; init; }

    /// <summary>The requests accepted with these settings.</summary>
    public RateWindow Accepted { get; }

    /// <summary>
    /// Whether <see cref="Draw"/> can select a fault. If not, callers can skip the database query for its subject.
    /// </summary>
    public bool HasRates => _rates.Length > 0;

    /// <summary>Counts a request, and returns whether it is the one that hangs.</summary>
    public bool ShouldHang() => Interlocked.Increment(ref _requests) == Settings.HangNthRequest;

    /// <param name="uploadPath">The <c>Path</c> of an upload; null for other requests.</param>
    public bool ShouldReject(string? uploadPath) =>
        Settings is { RejectStatus: > 0, RejectPathContains: { } text }
        && uploadPath is not null
        && uploadPath.Contains(text, StringComparison.Ordinal);

    /// <param name="list">The path of the list's URL.</param>
    /// <param name="number">The number of the page, from 1.</param>
    public bool ShouldFailPage(string list, int number) =>
        number == Settings.FailListPage
        || (number == Settings.FailListPageOnce && _failedPages.TryAdd(Hash(list), true));

    /// <summary>
    /// Selects a fault by the rates, each of which is the share of all requests that get this fault. If they add up to
    /// more than 1, the last ones get less. The result is repeatable for the same sequence of requests with one
    /// subject.
    /// </summary>
    /// <param name="operation">Such as <c>Asset.Create</c>.</param>
    /// <param name="subject">The target of the operation, without SIDs, because these differ from run to run.</param>
    public Fault Draw(string operation, string subject)
    {
        var key = $"{operation}\n{subject}";
        var occurrence = _occurrences.AddOrUpdate(Hash(key), 1, (_, count) => count + 1);
        var chance = GetChance(key, occurrence);
        foreach (var (fault, rate) in _rates)
        {
            chance -= rate;
            if (chance < 0)
            {
                return fault;
            }
        }

        return Fault.None;
    }

    private static UInt128 Hash(string text) =>
        BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>
    /// Computes a uniformly distributed number from 0 to 1 (exclusive) that is the same on every machine.
    /// </summary>
    private double GetChance(string key, int occurrence)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{Settings.Seed}\n{occurrence}\n{key}");
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return BinaryPrimitives.ReadUInt32BigEndian(hash) / 4294967296.0;
    }
}
