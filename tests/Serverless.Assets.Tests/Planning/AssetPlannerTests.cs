using Serverless.Assets.Planning;
using Serverless.Assets.State;
using Serverless.Assets.Tests.Upload;

namespace Serverless.Assets.Tests.Planning;

public sealed class AssetPlannerTests : UploadTest
{
    private static readonly TimeSpan SixDays = TimeSpan.FromDays(6);

    [Fact]
    public async Task An_asset_that_was_never_uploaded_is_uploaded()
    {
        Assert.Equal(PlannedAction.Upload, (await PlanAsync(Hashed("/a.txt"))).Action);
        Assert.Empty(Service.Handler.Requests);
    }

    [Fact]
    public async Task An_upload_from_the_last_six_days_is_reused_without_a_request()
    {
        var asset = Hashed("/a.txt");
        var upload = Remember(asset, SixDays - TimeSpan.FromTicks(1));
        Assert.Equal(upload, (await PlanAsync(asset)).Remembered);
        Assert.Empty(Service.Handler.Requests);
    }

    [Fact]
    public async Task Other_content_is_uploaded()
    {
        Remember(Hashed("/a.txt", "one"), TimeSpan.Zero);
        Assert.Equal(PlannedAction.Upload, (await PlanAsync(Hashed("/a.txt", "two"))).Action);
    }

    [Fact]
    public async Task An_older_live_upload_is_reused_and_its_age_is_reset()
    {
        var (asset, other) = (Hashed("/a.txt"), Hashed("/b.txt"));
        var (upload, otherUpload) = (Remember(asset, SixDays), Remember(other, SixDays));
        Service.Live =
        [
            (upload.AssetVersionSid.ToString().ToUpperInvariant(), "ZH00000000000000000000000000000001"),
            (otherUpload.AssetVersionSid, "ZH00000000000000000000000000000002"),
        ];
        var planner = Planner();
        Assert.Equal(upload, (await planner.PlanAsync(asset, Cancellation)).Remembered);
        Assert.Equal(otherUpload, (await planner.PlanAsync(other, Cancellation)).Remembered);
        Assert.Equal(
            [
                $"GET /v1/Services/{TestSettings.ServiceSid}/Environments?PageSize=1000",
                $"GET /v1/Services/{TestSettings.ServiceSid}/Builds/ZB00000000000000000000000000000001",
            ],
            Service.Handler.Lines
        );
        Assert.Equal(Clock.GetUtcNow(), State.FindUpload(upload.Key)!.KnownAt);
    }

    [Fact]
    public async Task An_Environment_is_found_by_its_unique_name_else_by_its_suffix()
    {
        var asset = Hashed("/a.txt");
        var upload = Remember(asset, SixDays);
        Service.Live = [(upload.AssetVersionSid, "ZH00000000000000000000000000000001")];
        Service.Environment = ("dev-environment", "dev");
        Assert.Equal(PlannedAction.Unchanged, (await PlanAsync(asset)).Action);

        Remember(asset, SixDays);
        Service.Environment = ("production", "");
        Assert.Equal(PlannedAction.Upload, (await PlanAsync(asset)).Action);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task An_Environment_without_a_suffix_is_found_by_its_unique_name(string? suffix)
    {
        var asset = Hashed("/a.txt");
        var upload = Remember(asset, SixDays);
        Service.Live = [(upload.AssetVersionSid, "ZH00000000000000000000000000000001")];
        Service.Environment = ("dev", suffix);

        Assert.Equal(PlannedAction.Unchanged, (await PlanAsync(asset)).Action);
    }

    [Fact]
    public async Task An_older_upload_that_is_not_live_is_reused_and_checked_hourly()
    {
        var asset = Hashed("/a.txt");
        var parent = Service.AddAsset("/a.txt").Sid;
        var sid = Service.AddVersion(parent, "/a.txt");
        Remember(asset, SixDays, sid, parent);
        Service.Live = [("ZN00000000000000000000000000000009", "ZH00000000000000000000000000000009")];
        var planner = Planner();
        Assert.Equal(sid, (await planner.PlanAsync(asset, Cancellation)).Remembered?.AssetVersionSid);
        Assert.Equal(sid, (await planner.PlanAsync(asset, Cancellation)).Remembered?.AssetVersionSid);
        Assert.Equal(1, Service.Count($"/Versions/{sid}$"));

        Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(sid, (await planner.PlanAsync(asset, Cancellation)).Remembered?.AssetVersionSid);
        Assert.Equal(2, Service.Count($"/Versions/{sid}$"));
    }

    [Fact]
    public async Task A_missing_Asset_Version_is_forgotten_and_uploaded_again()
    {
        var asset = Hashed("/a.txt");
        var upload = Remember(asset, SixDays);
        Assert.Equal(PlannedAction.Upload, (await PlanAsync(asset)).Action);
        Assert.Equal(1, Service.Count($"/Versions/{upload.AssetVersionSid}$"));
        Assert.Null(State.FindUpload(upload.Key));
    }

    [Fact]
    public async Task What_this_machine_remembers_is_shared_and_what_another_one_shares_is_reused()
    {
        var (own, theirs) = (Hashed("/own.txt"), Hashed("/theirs.txt"));
        var upload = Remember(own, TimeSpan.Zero);
        var shared = new Shared
        {
            Found = upload with { Key = Planner().GetKey(theirs), AssetVersionSid = TestSid.Create("ZN", 9) },
        };
        var planner = new AssetPlanner(Api, Resource, LiveBuild(), State, shared);

        Assert.Equal(upload, (await planner.PlanAsync(own, Cancellation)).Remembered);
        Assert.Equal(shared.Found, (await planner.PlanAsync(theirs, Cancellation)).Remembered);

        Assert.Equal([upload], shared.Uploads);
        Assert.Equal([shared.Found.Key], shared.Requested);
    }

    private AssetPlanner Planner() => new(Api, Resource, LiveBuild(), State, NoSharedUploads.Instance);

    private Task<UploadDecision> PlanAsync(HashedAsset asset) => Planner().PlanAsync(asset, Cancellation);

    private RememberedUpload Remember(HashedAsset asset, TimeSpan age, string? sid = null, string? assetSid = null)
    {
        var digits = asset.Hash.Sha256[..32];
        var upload = new RememberedUpload(
            Planner().GetKey(asset),
            TestSid.From(assetSid ?? "ZH" + digits),
            TestSid.From(sid ?? "ZN" + digits),
            Clock.GetUtcNow() - age
        );
        State.RecordUpload(upload);
        return upload;
    }

    /// <summary>The uploads of other machines.</summary>
    private sealed class Shared : ISharedUploads
    {
        public required RememberedUpload Found { get; init; }

        public List<RememberedUpload> Uploads { get; } = [];

        public List<StateKey> Requested { get; } = [];

        public bool HasTurns => false;

        public ValueTask<RememberedUpload?> FindAsync(StateKey key, CancellationToken cancellationToken)
        {
            Requested.Add(key);
            return new(Found);
        }

        public void Share(RememberedUpload upload) => Uploads.Add(upload);

        public ValueTask<UploadTurn> WaitForTurnAsync(StateKey key, CancellationToken cancellationToken) =>
            new(new UploadTurn());

        public ValueTask<bool> ReplaceAsync(RememberedUpload old, RememberedUpload replacement) => default;

        public ValueTask DisposeAsync() => default;
    }
}
