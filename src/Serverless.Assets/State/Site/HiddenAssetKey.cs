using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Serverless.Assets.Client;

namespace Serverless.Assets.State.Site;

/// <summary>
/// The key for the hashes of protected and private assets in a state file, which everybody who knows its path can read.
/// It is random and not derived from the credentials, so the hashes can't be used to guess them. It is stored in the
/// friendly name of the Asset of the state files: the service returns that name only to those who have credentials, and
/// no site contains it. Without the key, the hashes of guessed contents can't be computed.
/// </summary>
internal sealed class HiddenAssetKey
{
    private const string NamePrefix = "serverless-assets state ";
    private const int KeyLength = 32;
    private readonly byte[] _key;

    private HiddenAssetKey(byte[] key) => _key = key;

    /// <summary>The friendly name of the Asset that stores this key.</summary>
    public string FriendlyName => NamePrefix + Base64Url.EncodeToString(_key);

    public static HiddenAssetKey Create() => new(RandomNumberGenerator.GetBytes(KeyLength));

    /// <summary>Whether an Asset is that of the state files, even if its key is not valid.</summary>
    public static bool IsFriendlyName(string friendlyName) =>
        friendlyName.StartsWith(NamePrefix, StringComparison.Ordinal);

    /// <summary>Returns the friendly name without the key, for logs.</summary>
    public static string HideIn(string friendlyName) =>
        IsFriendlyName(friendlyName) ? NamePrefix.TrimEnd() : friendlyName;

    public static bool TryParse(string friendlyName, [NotNullWhen(true)] out HiddenAssetKey? key)
    {
        key = null;
        var encoded = IsFriendlyName(friendlyName) ? friendlyName.AsSpan(NamePrefix.Length) : default;
        if (Base64Url.IsValid(encoded, out var length) && length == KeyLength)
        {
            key = new HiddenAssetKey(Base64Url.DecodeFromChars(encoded));
        }

        return key is not null;
    }

    /// <summary>Identifies an Asset Version without its SID. 64 hexadecimal digits.</summary>
    public string GetId(Sid assetVersionSid) => Hash("version", assetVersionSid);

    /// <summary>
    /// Identifies what was uploaded as an Asset Version. It contains the SID, so equal contents of two assets have
    /// different hashes. 64 hexadecimal digits.
    /// </summary>
    /// <param name="sha256">Of the content.</param>
    public string GetContent(
        Sid assetVersionSid,
        AssetPath path,
        Visibility visibility,
        string contentType,
        string sha256
    ) => Hash("content", assetVersionSid, path.Value, visibility.ToString(), contentType, sha256);

    /// <param name="parts">None contains a line break.</param>
    private string Hash(params string[] parts) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(string.Join('\n', parts))));
}
