namespace Serverless.Assets.Emulator.Settings;

/// <summary>How a form asks for the value of a setting.</summary>
internal abstract record SettingField
{
    /// <summary>On or off.</summary>
    public sealed record Switch : SettingField;

    /// <param name="IsWhole">Whether only whole numbers are valid.</param>
    public sealed record Number(double Minimum, double Maximum, bool IsWhole) : SettingField;

    /// <param name="Values">The names in JSON.</param>
    public sealed record Choice(IReadOnlyList<string> Values) : SettingField;

    public sealed record Text : SettingField;
}
