namespace Swarms.Hub.Browser;

/// <summary>Reads QR codes from pictures of the screen, as the camera of a phone does.</summary>
internal static class QrCodes
{
    /// <summary>Returns what the code in the picture says, and null where it shows none.</summary>
    public static async Task<string?> ReadAsync(HubAndBrowser site, byte[] picture)
    {
        // A page without the hub's content security policy takes the reader.
        var page = await site.OpenPageAsync();
        await page.AddScriptTagAsync(new() { Path = BuiltHub.QrReader });
        var read = await page.EvaluateAsync<string?>(
            """
            async base64 => {
              const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
              const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
              const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
              canvas.drawImage(image, 0, 0);
              const { data, width, height } = canvas.getImageData(0, 0, image.width, image.height);
              return jsQR(data, width, height)?.data ?? null;
            }
            """,
            Convert.ToBase64String(picture));
        await page.Context.DisposeAsync();
        return read;
    }
}
