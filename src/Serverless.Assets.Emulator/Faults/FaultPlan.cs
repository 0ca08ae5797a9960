using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Serverless.Assets.Emulator.Faults;

/// <summary>Decides which requests fail. A new set of knobs makes a new plan, so that all counting begins again.</summary>
internal sealed class FaultPlan
{
    private readonly ConcurrentDictionary<string, int> _occurrences = new();
    private readonly ConcurrentDictionary<string, bool> _failedPages = new();
    private readonly (Fault Fault, double Rate)[] _rates;

    private int _requests;

    public FaultPlan(EmulatorFaults faults)
    {
        Faults = faults;
        _rates =
        [
            .. new (Fault, double Rate)[]
            {
                (Fault.Reset, faults.RateReset),
                (Fault.Error500, faults.Rate500),
                (Fault.Html503, faults.Rate503Html),
                (Fault.Html502, faults.Rate502Html),
                (Fault.ResetAfterWork, faults.RateResetAfterWork),
                (Fault.Truncated, faults.RateTruncated),
                (Fault.BrokenJson, faults.RateBrokenJson),
            }.Where(entry => entry.Rate > 0),
        ];
    }

    public EmulatorFaults Faults { get; }

    /// <summary>Whether <see cref="Draw"/> looks at its key at all: finding the key costs a look at the database.</summary>
    public bool UsesKeys => _rates.Length > 0;

    /// <summary>Whether this is the request that hangs; called once for each request.</summary>
    public bool Hangs() => Interlocked.Increment(ref _requests) == Faults.HangNthRequest;

    /// <summary>Whether an upload to this path is one to refuse.</summary>
    public bool Rejects(string? uploadPath) =>
        Faults is { RejectStatus: > 0, RejectPathContains: { } text }
        && uploadPath is not null
        && uploadPath.Contains(text, StringComparison.Ordinal);

    /// <param name="list">The list's address without its page.</param>
    /// <param name="number">From 1.</param>
    public bool FailsPage(string list, int number) =>
        number == Faults.FailListPage || (number == Faults.FailListPageOnce && _failedPages.TryAdd(list, true));

    /// <param name="operation">For instance <c>Asset.Create</c>.</param>
    /// <param name="key">What it works on, free of SIDs: they differ from run to run.</param>
    public Fault Draw(string operation, string key)
    {
        if (!UsesKeys)
        {
            return Fault.None;
        }

        var subject = $"{operation}\n{key}";
        var occurrence = _occurrences.AddOrUpdate(subject, 1, (_, count) => count + 1);
        foreach (var (fault, rate) in _rates)
        {
            if (Chance(fault, subject, occurrence) < rate)
            {
                return fault;
            }
        }

        return Fault.None;
    }

    /// <summary>An even number from 0 to 1 (exclusive), the same on every machine.</summary>
    private double Chance(Fault fault, string subject, int occurrence)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{Faults.Seed}\n{fault}\n{occurrence}\n{subject}");
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return BinaryPrimitives.ReadUInt32BigEndian(hash) / 4294967296.0;
    }
}
