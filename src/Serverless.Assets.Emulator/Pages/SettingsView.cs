using Serverless.Assets.Emulator.Control;
using Serverless.Assets.Emulator.Faults;
using Serverless.Assets.Emulator.Hosting;

namespace Serverless.Assets.Emulator.Pages;

/// <summary>What the page of the fault and behavior settings shows: the current settings, or a form with an error.</summary>
internal sealed record SettingsView(
    IReadOnlyList<FormEntry> Faults,
    IReadOnlyList<FormEntry> Behavior,
    string? Error,
    bool IsSaved
)
{
    public static readonly SettingsForm<EmulatorFaults> FaultsForm = new(
        FaultSettings.All,
        FaultSettings.Reader,
        ControlJson.Default.EmulatorFaults
    );

    public static readonly SettingsForm<EmulatorBehavior> BehaviorForm = new(
        BehaviorSettings.All,
        BehaviorSettings.Reader,
        ControlJson.Default.EmulatorBehavior
    );

    /// <summary>The settings that are not named here are in the first group.</summary>
    private static readonly (string Title, string[] Names)[] Groups =
    [
        ("Speed and limits", []),
        (
            "Failed requests",
            [
                "seed",
                "rate500",
                "rate503Html",
                "rate502Html",
                "rateReset",
                "rateResetAfterWork",
                "rateTruncated",
                "rateBrokenJson",
                "hangNthRequest",
                "failListPage",
                "failListPageOnce",
                "rejectStatus",
                "rejectPathContains",
            ]
        ),
        ("Which requests", ["onlyOperation", "onlyPathContains", "onlyNextRequests"]),
        ("Builds, sites and time", ["failBuilds", "buildSeconds", "propagationSeconds", "clockShiftSeconds"]),
    ];

    /// <summary>The fault settings in groups, each in the order of the table.</summary>
    public IEnumerable<(string Title, IEnumerable<FormEntry> Entries)> FaultGroups =>
        Groups.Select((group, index) => (group.Title, Faults.Where(entry => FindGroup(entry.Name) == index)));

    public static SettingsView Create(FaultControl faults, BehaviorControl behavior, bool isSaved) =>
        new(FaultsForm.Show(faults.Settings), BehaviorForm.Show(behavior.Current), Error: null, isSaved);

    private static int FindGroup(string name) =>
        Math.Max(0, Array.FindIndex(Groups, group => group.Names.Contains(name)));
}
