namespace Serverless.Assets.Client.InteropTests;

/// <summary>Twilio's library fetches and lists Asset Versions, but cannot upload them.</summary>
public sealed class AssetVersionTests : InteropTest
{
    [Theory]
    [InlineData(Visibility.Public)]
    [InlineData(Visibility.Protected)]
    [InlineData(Visibility.Private)]
    public async Task An_upload_is_fetched_and_listed_by_both_libraries(Visibility visibility)
    {
        var uploaded = await UploadAsync("/img/logo.png", [1, 2, 3], visibility);

        var asset = uploaded.AssetSid!.Value;
        FieldAssert.Same<AssetVersionResource>(
            uploaded,
            await V1.Service.Asset.AssetVersionResource.FetchAsync(ServiceSid, asset, uploaded.Sid, Official),
            Assert.Single(await V1.Service.Asset.AssetVersionResource.ReadAsync(ServiceSid, asset, client: Official)),
            await Ours.AssetVersions.FetchAsync(ServiceSid, asset, uploaded.Sid, Token),
            Assert.Single(await Ours.AssetVersions.ListAllAsync(ServiceSid, asset, Token))
        );
    }

    [Fact]
    public async Task An_Asset_of_the_official_library_takes_uploads_which_both_list_newest_first()
    {
        var asset = await V1.Service.AssetResource.CreateAsync(ServiceSid, "/a.txt", Official);
        var sid = Sid.Parse(asset.Sid, SidKind.Asset);
        var uploaded = new List<object>();
        for (byte content = 0; content < 3; content++)
        {
            uploaded.Insert(
                0,
                await Ours.AssetVersions.CreateAsync(
                    ServiceSid,
                    sid,
                    "/a.txt",
                    Visibility.Public,
                    AssetContent.FromBytes(new[] { content }),
                    Token
                )
            );
        }

        FieldAssert.SameList<AssetVersionResource>(
            uploaded,
            await V1.Service.Asset.AssetVersionResource.ReadAsync(ServiceSid, asset.Sid, client: Official)
        );
        FieldAssert.SameList<AssetVersionResource>(
            uploaded,
            await Ours.AssetVersions.ListAllAsync(ServiceSid, sid, Token)
        );
    }
}
