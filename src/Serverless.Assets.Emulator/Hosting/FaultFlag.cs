using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Serverless.Assets.Emulator.Hosting;

/// <summary>One knob on the command line.</summary>
/// <param name="Flag">For instance <c>--latency-ms</c>.</param>
/// <param name="Value">What the help calls its value; empty for a switch.</param>
internal sealed record FaultFlag(string Flag, string Value, string Description)
{
    public bool TakesValue => Value.Length > 0;

    /// <summary>The same name in JSON, for instance <c>latencyMs</c>.</summary>
    public string JsonName
    {
        get
        {
            var words = Flag[2..].Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]);
            return JsonNamingPolicy.CamelCase.ConvertName(string.Concat(words));
        }
    }

    /// <exception cref="UsageException">Not a number where one is needed.</exception>
    public JsonNode Parse(string text) =>
        Value switch
        {
            "" => JsonValue.Create(true),
            "TEXT" => JsonValue.Create(text),
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) =>
                JsonValue.Create(whole),
            _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    && double.IsFinite(number) => JsonValue.Create(number),
            _ => throw new UsageException($"{Flag} takes a number, not '{text}'."),
        };
}
