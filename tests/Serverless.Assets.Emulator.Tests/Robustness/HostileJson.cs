using System.Text;

namespace Serverless.Assets.Emulator.Tests.Robustness;

/// <summary>Creates JSON, of which little is valid and nothing injects a fault or changes what others expect.</summary>
internal static class HostileJson
{
    private static readonly string[] Samples =
    [
        "",
        "{}",
        "[]",
        "null",
        "0",
        "\"",
        "{",
        "{\"seed\":1}",
        "{\"seed\":1,\"seed\":2}",
        "{\"seed\":1.5}",
        "{\"seed\":1e400}",
        "{\"seed\":99999999999999999999}",
        "{\"seed\":null}",
        "{\"seed\":{\"seed\":1}}",
        "{\"rate500\":-1}",
        "{\"rate500\":\"NaN\"}",
        "{\"rejectPathContains\":\"\\ud800\"}",
        "{\"\\udfff\":1}",
        "{\"concurrencyHeaderCounts\":\"\\u0000\"}",
        "{\"concurrencyHeaderCounts\":7}",
        "{\"clockShiftSeconds\":-2147483648}",
        "{\"supportedRuntimes\":\"\"}",
        "{\"withdrawnDependencies\":[]}",
        "{\"undeployedBuildHours\":2147483647}",
        "{\"unusedVersionDays\":2147483647}",
        "{\"__proto__\":{}}",
        "{}{}",
        "\u00ef\u00bb\u00bf{}",
        "\u00ff\u00fe{\0}\0",
        "{\"seed\":1}//",
        "[{\"name\":\"a\",\"name\":\"b\",\"version\":\"1\"}]",
        "[{\"name\":\"\\ud800\",\"version\":\"1\"}]",
        "[null]",
    ];

    public static string Create(Random random) =>
        random.Next(20) switch
        {
            0 => new string('[', random.Next(1, 60_000)),
            1 => new StringBuilder().Insert(0, "{\"a\":", random.Next(1, 10_000)).ToString(),
            2 => $"{{\"{new string('a', random.Next(1, 100_000))}\":1}}",
            3 => $"{{\"seed\":{new string('9', random.Next(1, 60_000))}}}",
            4 => $"{{{string.Join(',', Enumerable.Range(0, 3_000).Select(i => $"\"{i}\":1"))}}}",
            5 => new string(' ', random.Next(1, 100_000)),
            _ => random.GetItems(Samples, 1)[0],
        };
}
