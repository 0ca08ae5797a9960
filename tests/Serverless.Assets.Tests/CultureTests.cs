using System.Text;
using System.Text.Json;
using Serverless.Assets.CodeGeneration;
using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Planning;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;
using Serverless.Assets.State;
using Serverless.Assets.Tests.Diagnostics;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Tests;

/// <summary>What the engine reads, writes and says does not depend on the culture of the machine.</summary>
public sealed class CultureTests
{
    public static TheoryData<string> All => Cultures.All;

    /// <summary>Names with an I: Turkish has another lower-case letter for it.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public async Task What_one_culture_wrote_another_reads(string culture)
    {
        await using var bench = await EngineWorkbench.StartAsync();
        bench.Write("assets/INDEX.HTML", "index");
        bench.Write("assets/Title.PRIVATE.TXT", "title");
        bench.Write("assets/i/ı.txt".Replace('ı', 'I'), new string('x', 1_500_000));
        Cultures.Use(culture);
        var first = await bench.UploadAsync();
        var manifest = await File.ReadAllBytesAsync(bench.Settings.ManifestPath, EngineWorkbench.Token);
        await DeployAsync(bench);

        Cultures.Use("");
        var second = await bench.UploadAsync();
        var deployed = await DeployAsync(bench);

        Assert.Empty(bench.Logger.Warnings);
        Assert.False(second.IsManifestWritten);
        Assert.All(second.Assets, asset => Assert.Equal(AssetStatus.Unchanged, asset.Status));
        Assert.Equal(manifest, await File.ReadAllBytesAsync(bench.Settings.ManifestPath, EngineWorkbench.Token));
        Assert.Equal(
            [
                ("/INDEX.HTML", "text/html; charset=utf-8"),
                ("/Title.TXT", "text/plain; charset=utf-8"),
                ("/i/I.txt", "text/plain; charset=utf-8"),
            ],
            first.Assets.Select(asset => (asset.Local.Path.Value, asset.Local.ContentType))
        );
        Assert.False(deployed.IsChanged);
        Assert.Equal(
            deployed.BuildSid,
            RecordFiles.Deployment(bench.Settings.ManifestPath, new PhysicalFileSystem()).Read()!.BuildSid
        );
        Assert.True(Ascii.IsValid(await File.ReadAllBytesAsync(bench.JournalPath, EngineWorkbench.Token)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_message_is_the_same(string culture)
    {
        foreach (var number in (int[])[7, -7, 1_234_567])
        {
            Assert.Equal(Messages(""), Messages(culture));

            IReadOnlyList<string> Messages(string name) =>
                Cultures.Run(
                    name,
                    () =>
                        AllDiagnosticsTests
                            .Methods.Select(method =>
                                (
                                    (Diagnostic)
                                        method.Invoke(
                                            null,
                                            [
                                                .. method
                                                    .GetParameters()
                                                    .Select(parameter =>
                                                        AllDiagnosticsTests.Sample(parameter.ParameterType, "x", number)
                                                    ),
                                            ]
                                        )!
                                ).Message
                            )
                            .ToList()
                );
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Sizes_outcomes_and_summaries_are_the_same(string culture)
    {
        var upload = SampleRuns.Upload(1200, 3) with { Duration = TimeSpan.FromSeconds(1234.5) };

        Assert.Equal(Texts(""), Texts(culture));

        IReadOnlyList<string> Texts(string name) =>
            Cultures.Run(
                name,
                () =>
                    (IReadOnlyList<string>)
                        [
                            ByteSize.Format(-5),
                            ByteSize.Format(1_500_000),
                            RunOutcome.From(upload).Line.ToString(),
                            RunOutcome.From(upload).Name,
                            UploadSummary.Format(upload),
                            $"{(SanitizedText)$"{-1.5:0.0} {new DateTime(2026, 1, 2):yyyy} {-3}"}",
                        ]
            );
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Settings_are_read_in_the_same_way(string culture)
    {
        string[] numbers = ["60", "-5", "−5", "1.5", "1,5", "1 000", "1.000", "1,000", "٦٠", "+5", "0x10", " 7 ", ""];

        Assert.Equal(Read(""), Read(culture));

        IReadOnlyList<string> Read(string name) =>
            Cultures.Run(
                name,
                () =>
                    numbers
                        .SelectMany(number =>
                            (IReadOnlyList<string>)
                                [
                                    .. Problems(SettingTable.Timeout, number),
                                    .. Problems(SettingTable.MaxConcurrency, number),
                                ]
                        )
                        .Concat(Problems(SettingTable.Verify, "TRUE"))
                        .Concat(Problems(SettingTable.OtherAssets, "KEEP"))
                        .Concat(Problems(SettingTable.PathCharacters, "STRICT"))
                        .Concat(Problems(SettingTable.ServiceLimits, "warnıng"))
                        .Concat([
                            $"{new SettingValues(new ProjectContext("/p")).With(SettingTable.Timeout, "90").Get(SettingTable.Timeout) == 90}",
                        ])
                        .ToList()
            );

        static IEnumerable<string> Problems(Setting setting, string text) =>
            new SettingValues(new ProjectContext("/p"))
                .With(setting, text)
                .FindProblems(setting)
                .Select(problem => $"{setting.Name} {text}: {problem.Message}")
                .DefaultIfEmpty($"{setting.Name} {text}: valid");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Journal_records_and_constants_have_the_same_bytes(string culture)
    {
        var entry = new JournalEntry
        {
            Hash = new RememberedHash(
                "assets/I.txt",
                new FileStamp(1_234_567, new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), "1.-2.3"),
                new ContentHash("0", "0", 1_234_567)
            ),
        };

        Assert.Equal(Bytes(""), Bytes(culture));

        string Bytes(string name) =>
            Cultures.Run(
                name,
                () =>
                    Encoding.UTF8.GetString(JournalLine.Write(entry))
                    + JsonSerializer.Serialize(
                        DeploymentRecord.From(
                            SampleRuns.Deployed with
                            {
                                ServiceSid = TestSid.From("ZS0"),
                                EnvironmentSid = TestSid.From("ZE0"),
                                BuildSid = TestSid.From("ZB0"),
                                DeploymentSid = null,
                                PreviousBuildSid = null,
                            }
                        ),
                        RecordJson.Default.DeploymentRecord
                    )
                    + ConstantsSource.Generate(
                        ["/index.html", "/I.html", "/i.html", "/title/ä.html", "/Title/z.html", "/-1/a", "/1.5/b"],
                        "N",
                        "C",
                        baseUrl: null
                    )
            );
    }

    private static Task<DeployResult> DeployAsync(EngineWorkbench bench) =>
        new DeploymentPipeline(bench.CreateContext(new RecordingLogger())).DeployAsync(
            bench.Settings,
            prepared: null,
            EngineWorkbench.Token
        );
}
