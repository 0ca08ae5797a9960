using System.Text.RegularExpressions;
using Serverless.Assets.Emulator.Control;
using Serverless.Assets.Emulator.Settings;

namespace Serverless.Assets.Emulator.Hosting;

/// <summary>The behavior settings: one for each property of <see cref="EmulatorBehavior"/>, in the same order.</summary>
internal static partial class BehaviorSettings
{
    public static IReadOnlyList<Setting<EmulatorBehavior>> All { get; } =
    [
        new ToggleSetting<EmulatorBehavior>(
            nameof(EmulatorBehavior.AnswersHead),
            "Whether sites answer HEAD requests, which otherwise get 405",
            (behavior, value) => behavior with { AnswersHead = value }
        ),
        new ToggleSetting<EmulatorBehavior>(
            nameof(EmulatorBehavior.ServesRanges),
            "Whether sites support Range requests",
            (behavior, value) => behavior with { ServesRanges = value }
        ),
        new ToggleSetting<EmulatorBehavior>(
            nameof(EmulatorBehavior.SendsETags),
            "Whether sites send an ETag",
            (behavior, value) => behavior with { SendsETags = value }
        )
        {
            OptionName = "--sends-etags",
        },
        new ToggleSetting<EmulatorBehavior>(
            nameof(EmulatorBehavior.AcceptsDuplicatePaths),
            "Whether a Build can have two versions with the same path",
            (behavior, value) => behavior with { AcceptsDuplicatePaths = value }
        ),
        new ToggleSetting<EmulatorBehavior>(
            nameof(EmulatorBehavior.LimitsCounts),
            "Whether the numbers of Services, Environments and versions in a Build are limited",
            (behavior, value) => behavior with { LimitsCounts = value }
        ),
        new NumberSetting<EmulatorBehavior, int>(
            nameof(EmulatorBehavior.BuildsPerHour),
            "Maximum number of Builds that an account can create within an hour; others get 429",
            behavior => behavior.BuildsPerHour,
            (behavior, n) => behavior with { BuildsPerHour = n }
        ),
        new NumberSetting<EmulatorBehavior, int>(
            nameof(EmulatorBehavior.UndeployedBuildHours),
            "Hours after which a Build that is not deployed is deleted; 0 keeps it",
            behavior => behavior.UndeployedBuildHours,
            (behavior, n) => behavior with { UndeployedBuildHours = n }
        )
        {
            Maximum = 1_000_000,
        },
        new NumberSetting<EmulatorBehavior, int>(
            nameof(EmulatorBehavior.UnusedVersionDays),
            "Days after which versions in no Build, and Assets and Functions without versions, are deleted; 0 keeps them",
            behavior => behavior.UnusedVersionDays,
            (behavior, n) => behavior with { UnusedVersionDays = n }
        )
        {
            Maximum = 100_000,
        },
        new TextSetting<EmulatorBehavior>(
            nameof(EmulatorBehavior.SupportedRuntimes),
            "RUNTIMES",
            "Runtimes of new Builds, separated by commas",
            behavior => behavior.SupportedRuntimes,
            (behavior, text) => behavior with { SupportedRuntimes = text }
        )
        {
            Expected = "runtimes separated by commas, such as node20,node22",
            IsValid = text => text is not null && Runtimes().IsMatch(text),
        },
        new TextSetting<EmulatorBehavior>(
            nameof(EmulatorBehavior.WithdrawnDependencies),
            "PACKAGES",
            "Dependencies that new Builds cannot have, as name@version, separated by commas",
            behavior => behavior.WithdrawnDependencies,
            (behavior, text) => behavior with { WithdrawnDependencies = text }
        )
        {
            Expected = "name@version entries separated by commas",
            IsValid = text => text is null || Packages().IsMatch(text),
        },
    ];

    /// <summary>Created when it is used, because the start does not read JSON and would take longer.</summary>
    public static SettingsReader<EmulatorBehavior> Reader =>
        new("behavior setting", All, ControlJson.Default.EmulatorBehavior);

    [GeneratedRegex(@"\A[a-z0-9]+(,[a-z0-9]+)*\z")]
    private static partial Regex Runtimes();

    [GeneratedRegex(@"\A[^,\s]+@[^,@\s]+(,[^,\s]+@[^,@\s]+)*\z")]
    private static partial Regex Packages();
}
