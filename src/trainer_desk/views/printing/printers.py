"""The printers of this computer, asked for when something is to be printed."""

from typing import Protocol

from PySide6.QtPrintSupport import QPrinter, QPrinterInfo


class Printers(Protocol):
    """Where a document can be sent."""

    def names(self) -> list[str]:
        """Return the printers, the usual one first."""

    def device(self, name: str, title: str, copies: int) -> QPrinter:
        """Return a printer with the name of the job."""


class SystemPrinters:
    """Those that the system knows."""

    def names(self) -> list[str]:
        """Return the printers, the usual one first."""
        usual = QPrinterInfo.defaultPrinterName()
        return sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != usual, name.casefold()))

    def device(self, name: str, title: str, copies: int) -> QPrinter:
        """Return a printer with the name of the job."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPrinterName(name)
        printer.setDocName(title)
        printer.setCreator("Trainer Desk")
        printer.setCopyCount(copies)
        return printer
