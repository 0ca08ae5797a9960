namespace Serverless.Assets.Emulator.Faults;

/// <summary>Fault settings for a situation.</summary>
/// <param name="Name">Such as <c>busy-account</c>.</param>
/// <param name="Description">What happens, for the help and the pages.</param>
internal sealed record FaultPreset(string Name, string Description, EmulatorFaults Settings);

/// <summary>The presets, which are properties of <see cref="EmulatorFaults"/> for code.</summary>
internal static class FaultPresets
{
    public static IReadOnlyList<FaultPreset> All { get; } =
    [
        new(
            "busy-account",
            "Other clients of the account leave room for 5 requests at once and 20 a second; further ones get 429",
            EmulatorFaults.BusyAccount
        ),
        new(
            "flaky-network",
            "Requests take longer, and about one in seven fails: 502 or 503 of a proxy, or a connection that closes",
            EmulatorFaults.FlakyNetwork
        ),
        new("failing-builds", "Builds take two seconds and end as `failed`", EmulatorFaults.FailingBuilds),
    ];

    /// <returns>Null if there is no such preset.</returns>
    public static FaultPreset? Find(string name) => All.FirstOrDefault(preset => preset.Name == name);
}
