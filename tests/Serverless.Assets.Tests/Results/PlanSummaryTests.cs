using Serverless.Assets.Client;
using Serverless.Assets.Planning;
using Serverless.Assets.Results;

namespace Serverless.Assets.Tests.Results;

public sealed class PlanSummaryTests
{
    [Fact]
    public void A_plan_is_a_line_for_each_change_and_the_totals()
    {
        var plan = new UploadPlan(
            TestSid.From("ZS1"),
            "dev",
            TestSid.From("ZB1"),
            [
                Planned("/changed.txt", Visibility.Protected, 2048, AssetChange.Changed),
                Planned("/new.txt", Visibility.Public, 512, AssetChange.New),
                Planned("/newer.txt", Visibility.Public, 512, AssetChange.New),
                Planned("/same.txt", Visibility.Private, 1, AssetChange.Unchanged),
            ],
            [Live("/kept\n.txt", 1)],
            [Live("/removed.txt", 2), Live("/removed-too.txt", 3)]
        );
        Assert.Equal(
            $"""
              new        public         512 B  /new.txt  (assets/new.txt)
              new        public         512 B  /newer.txt  (assets/newer.txt)
              changed    protected     2.0 KB  /changed.txt  (assets/changed.txt)
              kept       public                /kept\u000a.txt  ({TestSid.Create("ZN", 1)})
              removed    public                /removed.txt  ({TestSid.Create("ZN", 2)})
              removed    public                /removed-too.txt  ({TestSid.Create("ZN", 3)})
              total       files       size
              new             2     1.0 KB
              changed         1     2.0 KB
              unchanged       1        1 B
              kept            1
              removed         2
            """.ReplaceLineEndings(),
            PlanSummary.Format(plan)
        );
    }

    private static PlannedAsset Planned(string path, Visibility visibility, long size, AssetChange change) =>
        new(TestAsset.Create(path, visibility), size, new string('0', 64), PlannedAction.Upload, change);

    private static LiveAsset Live(string path, int version) =>
        new(path, Visibility.Public, TestSid.Create("ZN", version), AssetSid: null);
}
