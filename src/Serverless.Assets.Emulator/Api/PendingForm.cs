namespace Serverless.Assets.Emulator.Api;

/// <summary>The form of a request, which is read once, when it is first needed.</summary>
internal sealed class PendingForm(FormReader forms, HttpRequest request, CancellationToken cancellationToken)
    : IDisposable
{
    private Task<RequestForm>? _form;

    /// <summary>Reads the form. Called again, it has the same result.</summary>
    /// <exception cref="ApiException">The body is malformed.</exception>
    public Task<RequestForm> ReadAsync() => _form ??= forms.ReadAsync(request, cancellationToken);

    /// <summary>The <c>Path</c> of an upload; null for other requests, and those that get an error for their form.</summary>
    public async Task<string?> FindUploadPathAsync()
    {
        try
        {
            return (await ReadAsync()).FindUploadPath();
        }
        catch (Exception exception) when (exception is ApiException or IOException)
        {
            return null; // whoever reads the form again gets the exception
        }
    }

    public void Dispose()
    {
        if (_form is { IsCompletedSuccessfully: true })
        {
            _form.Result.Dispose();
        }
    }
}
