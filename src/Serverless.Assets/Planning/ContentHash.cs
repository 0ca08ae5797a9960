namespace Serverless.Assets.Planning;

/// <summary>The hashes of a file's content.</summary>
/// <param name="Sha256">Hexadecimal, lower case: what the upload state compares.</param>
/// <param name="Sha384">Base64: what subresource integrity takes.</param>
/// <param name="Length">Bytes that were hashed.</param>
internal sealed record ContentHash(string Sha256, string Sha384, long Length);
