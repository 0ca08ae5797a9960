using System.Globalization;

namespace Serverless.Assets.Emulator.Hosting;

/// <summary>All knobs of <see cref="EmulatorFaults"/> as flags.</summary>
internal static class FaultFlags
{
    public static IReadOnlyList<FaultFlag> All { get; } =
    [
        new("--seed", "N", "another seed, other requests that fail"),
        new("--latency-ms", "N", "milliseconds that each API request takes at least"),
        new("--bandwidth-bytes-per-second", "N", "how fast uploads are read, all together"),
        new("--allowed-concurrency", "N", "requests in flight; more are answered 429"),
        new("--retry-after-seconds", "N", "Retry-After of a 429"),
        new("--concurrency-header", "", "answers tell the requests in flight"),
        new("--rate500", "R", "share of requests answered 500"),
        new("--rate503-html", "R", "share answered 503, in HTML"),
        new("--rate502-html", "R", "share answered 502, in HTML"),
        new("--rate-reset", "R", "share cut off before the work"),
        new("--rate-reset-after-work", "R", "share cut off after the work"),
        new("--rate-truncated", "R", "share cut off in the middle of the answer"),
        new("--rate-broken-json", "R", "share answered with broken JSON"),
        new("--hang-nth-request", "N", "the n-th API request is never answered"),
        new("--fail-list-page", "N", "the n-th page of every list is answered 500"),
        new("--fail-list-page-once", "N", "the same, only the first time"),
        new("--fail-builds", "", "Builds fail"),
        new("--build-seconds", "S", "how long a Build takes"),
        new("--propagation-seconds", "S", "how long a site shows what was there before"),
        new("--clock-shift-seconds", "S", "how far the clock is ahead"),
        new("--reject-status", "N", "status for the uploads to refuse"),
        new("--reject-path-contains", "TEXT", "which uploads to refuse"),
    ];

    public static string Help { get; } =
        string.Join(
            '\n',
            All.Select(flag =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {flag.Flag + (flag.TakesValue ? " " + flag.Value : ""), -32}  {flag.Description}"
                )
            )
        );

    public static FaultFlag? Find(string flag) => All.FirstOrDefault(known => known.Flag == flag);
}
