using System.Collections.Concurrent;
using System.Globalization;

namespace Serverless.Assets.Emulator.Tests.Robustness;

/// <summary>Sends hostile requests over parallel connections, and collects what an emulator must not answer.</summary>
internal sealed class HostileTraffic(int seed, int port)
{
    private const int Parallel = 16;

    private readonly ConcurrentQueue<string> _problems = new();

    /// <summary>Adds a problem that someone else has found.</summary>
    public void Report(string problem) => _problems.Enqueue($"seed {seed}: {problem}");

    public void AssertNoProblems() => Assert.True(_problems.IsEmpty, string.Join('\n', _problems.Take(20)));

    /// <summary>
    /// Sends the requests with the numbers from <paramref name="first"/> to <paramref name="end"/> (exclusive). Those that
    /// stall remain open until all have been sent.
    /// </summary>
    public async Task SendAsync(Func<int, HostileRequest> create, int first, int end)
    {
        var stalled = new ConcurrentBag<IDisposable>();
        try
        {
            await System.Threading.Tasks.Parallel.ForAsync(
                first,
                end,
                new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = TestEmulator.Token },
                async (number, cancellationToken) =>
                {
                    var request = create(number);
                    try
                    {
                        var received = await HostileClient.SendAsync(port, request, stalled.Add, cancellationToken);
                        if (FindProblem(request, received) is { } problem)
                        {
                            Report(Describe(number, request, problem));
                        }
                    }
                    catch (TimeoutException)
                    {
                        Report(Describe(number, request, "the server neither answered nor closed the connection"));
                    }
                }
            );
        }
        finally
        {
            foreach (var connection in stalled)
            {
                connection.Dispose();
            }
        }
    }

    /// <summary>Whether a response states that the emulator has failed.</summary>
    public static bool IsFailure(int status) => status >= 500 && !IsFunction(status) && !IsVersion(status);

    /// <summary>The emulator runs no Functions.</summary>
    private static bool IsFunction(int status) => status == 501;

    /// <summary>The server does not support the version of HTTP in the request.</summary>
    private static bool IsVersion(int status) => status == 505;

    private static string? FindProblem(HostileRequest request, string received)
    {
        var statuses = HostileClient.GetStatuses(received);
        return received.Contains("Unexpected error", StringComparison.Ordinal) ? received
            : statuses.Any(IsFailure) ? received
            : request.Ending == Ending.Read && statuses.Count == 0 ? "no response"
            : null;
    }

    private static string Describe(int number, HostileRequest request, string problem)
    {
        var text = string.Concat(
            request.Bytes.Take(1_000).Select(b => b is >= 32 and < 127 or 10 ? $"{(char)b}" : $"\\x{b:x2}")
        );
        return string.Create(
            CultureInfo.InvariantCulture,
            $"request {number} ({request.Kind}, {request.Ending}): {problem}\n{text}\n"
        );
    }
}
