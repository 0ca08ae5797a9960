using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Serverless.Assets.Client;
using Serverless.Assets.Files;
using Serverless.Assets.Settings;

namespace Serverless.Assets.State;

/// <summary>
/// The runs of an account on this machine, in a file that each of them locks while it reads and rewrites it. The first line
/// is the limit of all, or 0. Each line that follows is a run: its ID, the time in Unix milliseconds until which it counts,
/// and its <see cref="SharedUsage"/>. If the file can't be used, the runs do not know each other.
/// </summary>
internal sealed class LocalRuns : IKnownRuns
{
    /// <summary>After this time without a heartbeat, others assume that a run has ended, and use its share.</summary>
    private static readonly TimeSpan Presence = TimeSpan.FromSeconds(2);

    /// <summary>In bytes; more than a hundred runs.</summary>
    private const int MaxLength = 16 * 1024;

    private readonly string _path;
    private readonly EngineContext _context;
    private KnownRuns _last = new([], Total: null);
    private bool _hasPublished;

    private LocalRuns(string path, EngineContext context)
    {
        _path = path;
        _context = context;
    }

    /// <returns>Null if there is no folder for the file.</returns>
    public static LocalRuns? Open(ConcurrencyKey key, EngineContext context)
    {
        if (context.LockDirectory is not { } directory || LockFolder.Prepare(directory).Folder is not { } folder)
        {
            return null;
        }

        var account = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{key.User}\n{key.Origin}")));
        return new LocalRuns(Path.Combine(folder, $"runs-{account[..16]}.txt"), context);
    }

    public ValueTask<KnownRuns?> ExchangeAsync(RunUsage own) =>
        new(
            Change(
                (total, runs) =>
                {
                    runs[own.Id] = new Line(_context.Clock.GetUtcNow() + Presence, SharedUsage.Format(own));
                    var others = Parse(runs.Where(run => run.Key != own.Id));

                    // What is left of earlier runs says nothing: this one remembers a limit itself.
                    _last = new KnownRuns(others, _hasPublished || others.Count > 0 ? total : null);
                    return total;
                }
            )
                ? _last
                : null
        );

    public ValueTask PublishAsync(int total)
    {
        _hasPublished = true;
        Change((_, _) => total);
        return default;
    }

    public ValueTask LeaveAsync(string id)
    {
        Change(
            (total, runs) =>
            {
                runs.Remove(id);
                return total;
            }
        );
        return default;
    }

    private static IReadOnlyList<RunUsage> Parse(IEnumerable<KeyValuePair<string, Line>> runs) =>
        [.. runs.Select(run => SharedUsage.Parse(run.Key, run.Value.Usage)).OfType<RunUsage>()];

    /// <param name="change">Receives the limit and the runs that count, changes them, and returns the limit.</param>
    /// <returns>False if the file can't be used. If another run is using it, nothing is changed this time.</returns>
    private bool Change(Func<int?, Dictionary<string, Line>, int?> change)
    {
        try
        {
            using var stream = _context.Files.OpenExclusive(_path);
            var (total, runs) = Read(stream);
            Write(stream, change(total, runs), runs);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return failure is IOException busy && LockedFile.IsHeldByAnother(busy);
        }
    }

    private (int? Total, Dictionary<string, Line> Runs) Read(FileStream stream)
    {
        var bytes = new byte[stream.Length <= MaxLength ? stream.Length : 0];
        stream.ReadExactly(bytes);
        var lines = Encoding.UTF8.GetString(bytes).Split('\n');
        var now = _context.Clock.GetUtcNow();
        var runs = new Dictionary<string, Line>(StringComparer.Ordinal);
        foreach (var line in lines.Skip(1))
        {
            if (
                line.Split(' ', 3) is [var id, var until, var usage]
                && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
                && milliseconds > now.ToUnixTimeMilliseconds()
                && milliseconds <= (now + Presence).ToUnixTimeMilliseconds()
            )
            {
                runs[id] = new Line(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), usage);
            }
        }

        return (SharedUsage.ParseLimit(lines[0]), runs);
    }

    private static void Write(FileStream stream, int? total, Dictionary<string, Line> runs)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{total ?? 0}\n");
        foreach (var (id, line) in runs)
        {
            text.Append(CultureInfo.InvariantCulture, $"{id} {line.Until.ToUnixTimeMilliseconds()} {line.Usage}\n");
        }

        stream.SetLength(0);
        stream.Write(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private sealed record Line(DateTimeOffset Until, string Usage);
}
