using System.Text.Json;
using Serverless.Assets.Emulator.Faults;

namespace Serverless.Assets.Emulator.Control;

/// <summary>What was asked since the start or the last reset. Requests to sites are counted by name only.</summary>
internal sealed class EmulatorStats(TimeProvider clock, ConcurrencyGate gate)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, long> _operations = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _faults = new(StringComparer.Ordinal);
    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();
    private long _requests;
    private long _bytes;

    public void CountRequest(string operation)
    {
        lock (_lock)
        {
            _requests++;
            Add(_operations, operation);
        }
    }

    public void CountSite()
    {
        lock (_lock)
        {
            Add(_operations, "Site");
        }
    }

    public void CountFault(Fault fault)
    {
        lock (_lock)
        {
            Add(_faults, NameOf(fault));
        }
    }

    public void CountBytes(long count) => Interlocked.Add(ref _bytes, count);

    public void Reset()
    {
        lock (_lock)
        {
            _operations.Clear();
            _faults.Clear();
            _requests = 0;
            Interlocked.Exchange(ref _bytes, 0);
            gate.ResetMost();
        }
    }

    public void WriteTo(Utf8JsonWriter json)
    {
        lock (_lock)
        {
            json.WriteStartObject();
            json.WriteNumber("requests", _requests);
            WriteCounts(json, "byOperation", _operations);
            json.WriteNumber("mostInFlight", gate.MostInFlight);
            json.WriteNumber("bytesReceived", Interlocked.Read(ref _bytes));
            WriteCounts(json, "faults", _faults);
            json.WriteString("startedAt", _startedAt);
            json.WriteEndObject();
        }
    }

    private static void Add(SortedDictionary<string, long> counts, string name) =>
        counts[name] = counts.GetValueOrDefault(name) + 1;

    private static void WriteCounts(Utf8JsonWriter json, string name, SortedDictionary<string, long> counts)
    {
        json.WriteStartObject(name);
        foreach (var (key, count) in counts)
        {
            json.WriteNumber(key, count);
        }

        json.WriteEndObject();
    }

    private static string NameOf(Fault fault) =>
        fault switch
        {
            Fault.TooManyRequests => "429",
            Fault.Error500 => "500",
            Fault.Html503 => "503",
            Fault.Html502 => "502",
            Fault.Hang => "hang",
            Fault.Reset => "reset",
            Fault.ListPage => "listPage",
            Fault.Rejected => "rejected",
            Fault.ResetAfterWork => "resetAfterWork",
            Fault.Truncated => "truncated",
            Fault.BrokenJson => "brokenJson",
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "Not a fault."),
        };
}
