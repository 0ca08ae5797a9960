using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Assets.Emulator.Faults;

/// <summary>The knobs as JSON: camelCase; a name that is not one of them is an error, so that no typing mistake stays unseen.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    WriteIndented = true
)]
[JsonSerializable(typeof(EmulatorFaults))]
internal sealed partial class EmulatorFaultsJson : JsonSerializerContext
{
    /// <exception cref="JsonException">Not JSON, an unknown name, or a value out of its range.</exception>
    public static EmulatorFaults Parse(ReadOnlySpan<byte> utf8)
    {
        var faults = JsonSerializer.Deserialize(utf8, Default.EmulatorFaults) ?? new EmulatorFaults();
        return faults.FindProblem() is { } problem ? throw new JsonException(problem.ToString()) : faults;
    }
}
