using Serverless.Assets.Client;

namespace Serverless.Assets.Settings;

/// <summary>The defaults of a run against the local emulator.</summary>
internal static class EmulatorDefaults
{
    private const string FallbackServiceName = "site";

    /// <summary>
    /// Lets a run create its Service, as an emulator starts empty, and names the Service after the project if nothing
    /// else names one. Has no effect if <see cref="SettingTable.Emulator"/> is off.
    /// </summary>
    public static SettingValues Apply(SettingValues settings)
    {
        if (!settings.Get(SettingTable.Emulator))
        {
            return settings;
        }

        if (!settings.IsGiven(SettingTable.CreateService))
        {
            settings = settings.With(SettingTable.CreateService, true);
        }

        return settings.NamesService
            ? settings
            : settings.With(SettingTable.ServiceName, CreateServiceName(settings.Project.Name));
    }

    /// <summary>
    /// Full path of the folder with the emulator's data: by default <c>emulator</c> in the folder of the state.
    /// </summary>
    public static string GetDataDirectory(SettingValues settings) =>
        settings.GetFullPath(SettingTable.EmulatorData) ?? Path.Combine(settings.StatePath, "emulator");

    /// <summary>The project's name in the characters that a Service's unique name may have.</summary>
    private static string CreateServiceName(string project)
    {
        var letters = project.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-');
        var name = string.Concat(letters.Take(ArgumentRules.MaxServiceName)).Trim('-');
        return name.Length > 0 ? name : FallbackServiceName;
    }
}
