using System.Text.Json.Serialization;
using Serverless.Assets.Emulator.Faults;
using Serverless.Assets.Emulator.Hosting;

namespace Serverless.Assets.Emulator.Control;

/// <summary>
/// The JSON of the emulator's own endpoints: camelCase. An unknown name is an error, so that a misspelled fault setting
/// is noticed.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(FaultChoiceConverter<ConcurrencyHeaderCount>)],
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow
)]
[JsonSerializable(typeof(EmulatorFaults))]
[JsonSerializable(typeof(StatsResponse))]
[JsonSerializable(typeof(HealthResponse))]
[JsonSerializable(typeof(LeaseResponse))]
[JsonSerializable(typeof(LoggedRequest))]
[JsonSerializable(typeof(RequestLogResponse))]
[JsonSerializable(typeof(RunningEmulator))]
internal sealed partial class ControlJson : JsonSerializerContext;
