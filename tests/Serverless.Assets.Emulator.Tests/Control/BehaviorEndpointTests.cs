using System.Text;

namespace Serverless.Assets.Emulator.Tests.Control;

public sealed class BehaviorEndpointTests
{
    private const string Address = "/__emulator/behavior";

    [Fact]
    public async Task All_settings_are_returned()
    {
        await using var emulator = await TestEmulator.StartAsync();

        JsonAssert.Same(
            """
            {
              "answersHead": false,
              "servesRanges": true,
              "sendsETags": true,
              "acceptsDuplicatePaths": false,
              "limitsCounts": true,
              "buildsPerHour": 0,
              "undeployedBuildHours": 0,
              "unusedVersionDays": 7,
              "supportedRuntimes": "node20,node22,node24",
              "withdrawnDependencies": null
            }
            """,
            await emulator.GetAsync(Address)
        );
    }

    [Fact]
    public async Task A_put_replaces_all_of_them_and_a_reset_applies_the_initial_ones()
    {
        var initial = new EmulatorBehavior { AnswersHead = true };
        await using var emulator = await TestEmulator.StartAsync(configure: options =>
            options with
            {
                Behavior = initial,
            }
        );

        (await PutAsync(emulator, """{"buildsPerHour":7}""")).Ok();

        Assert.Equal(new EmulatorBehavior { BuildsPerHour = 7 }, emulator.Server.Behavior);
        await emulator.Server.ResetAsync(TestEmulator.Token);
        Assert.Equal(initial, emulator.Server.Behavior);
    }

    [Theory]
    [InlineData("[]", "The behavior settings must be a JSON object. The value is [].")]
    [InlineData(
        """{"answerHead":true}""",
        "'answerHead' is not a behavior setting. The settings are answersHead, servesRanges, sendsETags, "
            + "acceptsDuplicatePaths, limitsCounts, buildsPerHour, undeployedBuildHours, unusedVersionDays, "
            + "supportedRuntimes, withdrawnDependencies."
    )]
    [InlineData("""{"answersHead":"yes"}""", "answersHead must be true or false. The value is \"yes\".")]
    [InlineData("""{"buildsPerHour":-1}""", "buildsPerHour must be from 0 to 2147483647. The value is -1.")]
    [InlineData("""{"unusedVersionDays":-1}""", "unusedVersionDays must be from 0 to 100000. The value is -1.")]
    [InlineData(
        """{"supportedRuntimes":null}""",
        "supportedRuntimes must be runtimes separated by commas, such as node20,node22. The value is null."
    )]
    [InlineData(
        """{"withdrawnDependencies":"twilio"}""",
        "withdrawnDependencies must be name@version entries separated by commas. The value is twilio."
    )]
    public async Task A_wrong_value_is_named_and_changes_nothing(string json, string message)
    {
        await using var emulator = await TestEmulator.StartAsync();

        (await PutAsync(emulator, json)).Refused(400, 20001, message);

        Assert.Equal(new EmulatorBehavior(), emulator.Server.Behavior);
    }

    [Fact]
    public async Task A_wrong_value_in_process_is_an_exception()
    {
        await using var emulator = await TestEmulator.StartAsync();

        var problem = Assert.Throws<ArgumentException>(() =>
            emulator.Server.Behavior = new EmulatorBehavior { UndeployedBuildHours = -1 }
        );

        Assert.StartsWith("undeployedBuildHours must be from 0 to", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"withdrawnDependencies\":\"\u00ff\"}")]
    [InlineData("{\"\u00ff\":1}")]
    [InlineData("{}\u00ff")]
    public async Task Bytes_that_are_not_UTF8_are_refused(string latin1)
    {
        await using var emulator = await TestEmulator.StartAsync();

        var result = await PutAsync(emulator, latin1, Encoding.Latin1);

        result.Refused(400, 20001, "The behavior settings are not valid UTF-8. Save the JSON as UTF-8.");
        Assert.Equal(new EmulatorBehavior(), emulator.Server.Behavior);
    }

    private static Task<ApiResult> PutAsync(TestEmulator emulator, string json, Encoding? encoding = null) =>
        emulator.Api.SendAsync(
            HttpMethod.Put,
            Address,
            new StringContent(json, encoding ?? Encoding.UTF8, "application/json")
        );
}
