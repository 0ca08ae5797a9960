using System.Text.Json.Serialization;
using Serverless.Assets.Emulator.Hosting;
using Serverless.Assets.Emulator.Settings;

namespace Serverless.Assets.Emulator.Control;

/// <summary>
/// The JSON of the emulator's own endpoints: camelCase. An unknown name is an error, so that a misspelled setting is
/// noticed.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(EnumNameConverter<ConcurrencyHeaderCount>), typeof(EnumNameConverter<ThrottledBody>)],
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow
)]
[JsonSerializable(typeof(EmulatorFaults))]
[JsonSerializable(typeof(EmulatorBehavior))]
[JsonSerializable(typeof(FaultPresetsResponse))]
[JsonSerializable(typeof(StatsResponse))]
[JsonSerializable(typeof(HealthResponse))]
[JsonSerializable(typeof(LeaseResponse))]
[JsonSerializable(typeof(LoggedRequest))]
[JsonSerializable(typeof(RequestLogResponse))]
[JsonSerializable(typeof(RunningEmulator))]
internal sealed partial class ControlJson : JsonSerializerContext;
