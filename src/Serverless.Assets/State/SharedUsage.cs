using System.Globalization;
using Serverless.Assets.Client;

namespace Serverless.Assets.State;

/// <summary>
/// The text that describes a run that shares the limit: the number of requests in flight that has held; whether it is busy,
/// has found the limit, and is limited, as three digits 0 or 1; the number of requests that it needs, or 0; then the total
/// and the part that it has adopted, and by how much 429s have lowered the part since. These are zero while it looks for
/// the limit by itself.
/// </summary>
internal static class SharedUsage
{
    public static string Format(RunUsage usage)
    {
        var adopted = usage.Adopted.GetValueOrDefault();
        var flags = $"{Digit(usage.IsBusy)}{Digit(usage.HasFoundLimit)}{Digit(usage.IsLimited)}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{usage.Limit} {flags} {usage.Needed ?? 0} {adopted.Total} {adopted.Part} {adopted.Rejected}"
        );
    }

    /// <returns>Null if the text is not valid: it comes from outside.</returns>
    public static RunUsage? Parse(string id, string? text) =>
        text?.Split(' ')
            is [var limit, [var isBusy, var hasFound, var isLimited], var needed, var total, var part, var rejected]
        && text.AsSpan(limit.Length + 1, 3).IndexOfAnyExcept("01") < 0
        && ParseLimit(limit) is { } known
        && ParseCount(needed) is { } knownNeed
        && ParseCount(total) is { } adoptedTotal
        && ParseCount(part) is { } adoptedPart
        && ParseCount(rejected) is { } adoptedRejected
            ? new RunUsage(id, known, isBusy == '1')
            {
                HasFoundLimit = hasFound == '1',
                IsLimited = isLimited == '1',
                Needed = knownNeed == 0 ? null : knownNeed,
                Adopted = adoptedPart == 0 ? null : new AdoptedShare(adoptedTotal, adoptedPart, adoptedRejected),
            }
            : null;

    /// <returns>Null if the text is not a valid limit.</returns>
    public static int? ParseLimit(string? text) => ParseCount(text) is > 0 and var limit ? limit : null;

    private static char Digit(bool value) => value ? '1' : '0';

    private static int? ParseCount(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        && count <= RememberedConcurrency.MaxLimit
            ? count
            : null;
}
