namespace Serverless.Assets.Client.InteropTests;

public sealed class PagingTests : InteropTest
{
    [Fact]
    public async Task Both_libraries_read_120_Assets_in_three_pages_in_the_same_order()
    {
        for (var i = 0; i < 60; i++)
        {
            await V1.Service.AssetResource.CreateAsync(ServiceSid, $"/{i}/official", Official);
            await Ours.Assets.CreateAsync(ServiceSid, $"/{i}/ours", Token);
        }

        var official = (await V1.Service.AssetResource.ReadAsync(ServiceSid, pageSize: 50, client: Official)).ToList();
        Assert.Equal(3, CountRequests("Asset.List"));
        var ours = await Ours.Assets.ListAsync(ServiceSid, pageSize: 50, cancellationToken: Token).ToListAsync(Token);
        Assert.Equal(6, CountRequests("Asset.List"));

        Assert.Equal(
            Enumerable.Range(0, 60).Reverse().SelectMany(i => new[] { $"/{i}/ours", $"/{i}/official" }),
            ours.Select(asset => asset.FriendlyName)
        );
        FieldAssert.SameList<AssetResource>(ours, official);
    }
}
